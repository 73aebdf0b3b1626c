using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Scale;

namespace LeaseElection.Examples.Tests.Benchmarks.Reports;

public sealed class ScaleTargetsTests
{
    [Fact]
    public void Of_ConnectionsAndLostTerms_AreJudgedOfEveryNumberOfOurs()
    {
        var targets = ScaleTargets.Of([Figure(10, Contestants.Floor), Figure(10, Contestants.Ours, lost: 1), Figure(10, Contestants.KubernetesClient, lost: 5, connections: 9)]);

        Assert.Equal([(1, false), (2, true)], targets.Select(t => ((int)t.Measured, t.IsMet)));
        Assert.All(targets, t => Assert.False(t.IsOfTime));
    }

    [Fact]
    public void Of_AThousand_CpuIsJudgedAlsoAgainstThePeersBothProcesses()
    {
        var targets = ScaleTargets.Of([Figure(1000, Contestants.Ours, leader: 0.2, standby: 0.05), Figure(1000, Contestants.KubernetesClient, leader: 0.7, standby: 0.3)]);

        Assert.Equal(
            [("% of a core", 20, true), ("x", 4, false)], targets.Skip(2).Select(t => (t.Unit, (int)Math.Round(t.Measured), t.IsMet)));
    }

    [Fact]
    public void Of_MoreElections_EachMoreMayTakeFortyKilobytesAndNoMoreCpuThanBefore()
    {
        var targets = ScaleTargets.Of(
            [Figure(10, Contestants.Ours, leader: 0.01, megabytes: 100), Figure(110, Contestants.Ours, leader: 0.12, megabytes: 104.1)]);

        var growth = targets.Where(t => t.Unit is "kB" or "times as much").ToList();
        Assert.Equal([41, 1.09], growth.Select(t => Math.Round(t.Measured, 2)));
        Assert.All(growth, t => Assert.False(t.IsMet));
    }

    [Fact]
    public void Of_AnotherServer_IsNotComparedWith() =>
        Assert.DoesNotContain(
            ScaleTargets.Of([Figure(10, Contestants.Ours), Figure(5000, Contestants.Ours, server: ScaleServer.Embedded)]),
            t => t.Unit == "kB");

    private static ScaleFigure Figure(
        int elections, string who, double leader =
            0.1, double standby = 0.1, double megabytes = 100, int connections = 2, int lost = 0, string server = ScaleServer.Real) => new(
        elections, server, who, new(leader, (long)(megabytes * 1e6), 1), who == Contestants.Floor
            ? null
            : new(standby, 1, connections), 0.1, 10, lost, 1, 0);
}
