using LeaseElection.Chaos.HandOvers;
using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.Tests.HandOvers;

[Collection(nameof(RunsProcesses))]
public sealed class HandOverTests
{
    [Fact]
    [Scenario(60, 61)]
    public async Task SigtermToTheOneThatWorks_InMixedCompany_NeverTwo()
    {
        Assert.SkipUnless(
            ControlPlane.IsAtHand && ClientPrograms.Locate("client-go-candidate") is not null,
            "No kube-apiserver, etcd and client-go-candidate here: run eng/control-plane.sh");
        var output = TestContext.Current.TestOutputHelper!;
        var options = new ChaosOptions { HandOvers = 40, Lease = TimeSpan.FromSeconds(3) };

        var run = await new HandOverRun(options, text => output.WriteLine(text)).RunAsync(40, TestContext.Current.CancellationToken);

        var violations = run.Violations();
        output.WriteLine(HandOverReport.Write(run, options, violations));
        Assert.Empty(violations);
        Assert.True(run.HandOvers.Count >= 40);
        Assert.Contains(run.HandOvers, h => h is { From: Peer.Ours, To: Peer.ClientGo });
        Assert.Contains(run.HandOvers, h => h is { From: Peer.ClientGo, To: Peer.Ours });
    }

    [Fact]
    public void Of_WhoWorksAfterWhom_InOrderWithTheTimeBetween()
    {
        var run = Of(
            new WorkerHistory("a", [.. Lines.Term(0, 10_000, 1)]), new("b", [.. Lines.Term(20_000, 30_000, 3)]),
            new("c", [.. Lines.Term(10_400, 19_000, null)]));

        Assert.Equal(
            [new(Peer.Ours, Peer.ClientGo, TimeSpan.FromMilliseconds(400)), new(Peer.ClientGo, Peer.Ours, TimeSpan.FromSeconds(1))],
            run.HandOvers);
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void Violations_OursAndAnotherAtOnce_IsOne()
    {
        var run = Of(new WorkerHistory("a", [.. Lines.Term(0, 10_000, 1)]), new("b", []), new("c", [.. Lines.Term(9_000, 19_000, null)]));

        Assert.Equal(["a and c worked at once for 1000 ms"], run.Violations());
    }

    [Fact]
    public void Violations_TokenThatDoesNotRise_IsOne()
    {
        var run = Of(new WorkerHistory("a", [.. Lines.Term(0, 10_000, 2)]), new("b", [.. Lines.Term(20_000, 30_000, 2)]));

        Assert.StartsWith("the token does not rise", Assert.Single(run.Violations()), StringComparison.Ordinal);
    }

    [Fact]
    public void Violations_ProcessOfOursThatEndedUnasked_IsOne()
    {
        var run = Of(new WorkerHistory("a", [])) with { Exits = [new("a", 0, 139, ""), new("another's", 0, 1, "")] };

        Assert.StartsWith("a ended by itself", Assert.Single(run.Violations()), StringComparison.Ordinal);
    }

    private static HandOverRecord Of(params WorkerHistory[] lanes) =>
        new([.. lanes.Select(worker => (IReadOnlyList<WorkerHistory>)[worker])], Exits: [], TimeSpan.FromMinutes(1));
}
