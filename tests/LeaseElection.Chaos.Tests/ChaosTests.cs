using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Reports;

namespace LeaseElection.Chaos.Tests;

/// <summary>The real thing, short: eng/chaos.sh runs it for longer.</summary>
[Collection(nameof(RunsProcesses))]
public sealed class ChaosTests
{
    // Its 90 s have faults of every kind.
    private const ulong EveryKind = 4;

    [Fact]
    [Scenario(48)]
    public async Task Chaos_NinetySeconds_NeverTwoAndSomeoneSoonAfterEveryFault()
    {
        Assert.SkipUnless(
            ControlPlane.IsAtHand, "No kube-apiserver and etcd here: run eng/control-plane.sh, or set KUBEBUILDER_ASSETS");
        var output = TestContext.Current.TestOutputHelper!;
        var chaos = new ChaosRun(Peer.Ours, new ChaosOptions { Seed = EveryKind }, text => output.WriteLine(text));

        var run = await chaos.RunAsync(TestContext.Current.CancellationToken);

        var figures = Figures.Of(run);
        var verdict = Verdict.Of(run, figures);
        var summary = Summary.Write(run, figures, verdict);
        output.WriteLine(summary);
        TestContext.Current.AddAttachment("timeline.svg", Timeline.Draw(run, "eng/test.sh", figures.Overlaps));
        Assert.True(verdict.Violations.Count == 0, summary);
        Assert.True(run.Faults.Count(f => f.WasDone) >= 8, summary);
    }
}
