using LeaseElection.RealServer.Tests.Reference.Corpus;

namespace LeaseElection.RealServer.Tests.Reference;

/// <summary>
/// Whoever can run kubectl with a kubeconfig can run this library with it: for each of a corpus, both send the same, or both refuse.
/// They run when all other tests are done, because so many processes want the processors for themselves.
/// </summary>
[Collection(nameof(DisturbsServers))]
public sealed class ReferenceTests(ReferenceRun run) : IClassFixture<ReferenceRun>
{
    private const string FileVariable = "LEASEELECTION_REFERENCE";

    public static TheoryData<string> Names => [.. Cases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Kubeconfig_OfTheCorpus_IsUsedAsKubectlUsesIt(string name)
    {
        SkipWithoutPrograms();
        var comparison = await run.OfAsync(name);

        if ((comparison.Case.Differs ?? NotYet.Reason(name)) is { } reason)
            Assert.True(comparison.Differences.Count > 0, $"{name} does not differ any more: take out its reason '{reason}'");
        else
            Assert.True(comparison.Differences.Count == 0, comparison.Text);
    }

    [Fact]
    public void NotYet_Names_AreOfCases() => Assert.Empty(NotYet.Names.Except(Cases.All.Keys));

    /// <summary>For people who work on the connection: what differs, whole, and what both send.</summary>
    [Fact(Explicit = true)]
    public async Task Corpus_AllCases_AreWrittenDown()
    {
        SkipWithoutPrograms();
        var file = Environment.GetEnvironmentVariable(FileVariable) ?? throw new InvalidOperationException($"{FileVariable} names no file");
        var texts = new List<string>();
        foreach (var name in Cases.All.Keys)
        {
            var comparison = await run.OfAsync(name);
            texts.Add($"{comparison.Text}\n  reference does:\n    {string.Join("\n    ", comparison.Reference.Lines)}\n");
        }

        await File.WriteAllLinesAsync(file, texts, TestContext.Current.CancellationToken);
    }

    private static void SkipWithoutPrograms()
    {
        var missing = ReferencePrograms.Missing;
        // Names the script: by that eng/test.sh knows such a skip, and fails.
        Assert.SkipWhen(missing is not null, $"No {missing} of today here: run eng/control-plane.sh without KUBEBUILDER_ASSETS");
    }
}
