using LeaseElection.RealServer.Tests.ServerConformance.Cases;
using LeaseElection.RealServer.Tests.ServerConformance.Comparison;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using LeaseElection.RealServer.Tests.ServerConformance.Recorded;

namespace LeaseElection.RealServer.Tests.ServerConformance;

/// <summary>Each recorded case on the embedded server: where it answers otherwise than kube-apiserver 1.36, it is wrong.</summary>
public sealed class RecordedAnswersTests(RecordedAnswersTests.Server server) : IClassFixture<RecordedAnswersTests.Server>
{
    public static TheoryData<string> Cases => [.. AllCases.List.Append(ForgottenCases.All).Select(c => c.Name).Where(Recording.Cases.Contains)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_OnTheEmbeddedServer_IsAnsweredAsRecorded(string name)
    {
        var @case = AllCases.Named(name);
        var recorded = Recording.Of(@case);

        var played = await server.PlayAsync(@case, Recording.NamespaceOf(name) ?? $"ns-{Guid.NewGuid():N}"[..13]);

        Assert.Equal(recorded.Select(RequestText.Of), played.Select(RequestText.Of)); // Else the case was changed: record it again.
        var differences = Comparer.Differences(recorded, played, ListedDifferences.StepsOf(name));
        Assert.True(differences.Length == 0, differences);
    }

    [Fact]
    public void Cases_ThatAreNotRecorded_AreThese() => Assert.Equal(
        ["Patch_Apply", "Path_CoreVersion", "Spec_MicroTimeOfYearsNobodyWrites"],
        AllCases.List.Select(c => c.Name).Except(Recording.Cases).Order(StringComparer.Ordinal));

    [Fact]
    public async Task EveryAnswer_OfTheEmbeddedServer_HasTheHeadersThatDifferWithEveryAnswer()
    {
        var played = await server.PlayAsync(AllCases.Named("Get_Found"), $"ns-{Guid.NewGuid():N}"[..13]);

        var headers = played.SelectMany(e => e.Answers).Select(a => a.Headers.ToDictionary()).ToList();
        Assert.Equal(2, headers.Select(h => h["Audit-Id"]).Distinct().Count());
        foreach (var name in (string[])["X-Kubernetes-Pf-Flowschema-Uid", "X-Kubernetes-Pf-Prioritylevel-Uid"])
            Assert.True(Guid.TryParse(Assert.Single(headers.Select(h => h[name]).Distinct()), out _));
    }

    /// <summary>The embedded server that the cases are played on.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private EmbeddedApiServer _server = null!;

        public async ValueTask InitializeAsync() => _server = await EmbeddedApiServer.StartAsync();

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        internal Task<IReadOnlyList<Exchange>> PlayAsync(ConformanceCase @case, string @namespace)
        {
            _server.CreateNamespace(@namespace);
            return Player.PlayAsync(@case, _server, @namespace, TestContext.Current.CancellationToken);
        }
    }
}
