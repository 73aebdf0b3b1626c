using LeaseElection.Benchmarks.Handover;
using LeaseElection.Benchmarks.Load;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LoadWindow = LeaseElection.Benchmarks.Load.Window;

namespace LeaseElection.Examples.Tests.Benchmarks.Reports;

/// <summary>Made-up figures, and what is judged of them.</summary>
public sealed class TargetsOfTests
{
    [Fact]
    public void Handover_AgainstFloorOfTheSameCaseAndClientGoAtOneStandby()
    {
        var targets = HandoverTargets.Of(
        [
            Times(1, Contestants.Ours, HandoverTrial.FromAsked, 10), Times(1, Contestants.Floor, HandoverTrial.Requests, 5),
            Times(1, Contestants.ClientGo, HandoverTrial.FromAsked, 999),
            Times(5, Contestants.Ours, HandoverTrial.FromAsked, 12), Times(5, Contestants.Floor, HandoverTrial.Requests, 5),
            Times(5, Contestants.ClientGo, HandoverTrial.FromAsked, 999),
        ]);

        Assert.Equal([10, 55, 100, 10, 55], targets.Select(t => t.Limit));
        Assert.Equal([true, true, false, false, true], targets.Select(t => t.IsMet));
    }

    [Theory]
    [InlineData(1, 21)]
    [InlineData(0.99999, 21)]
    [InlineData(5, 101)]
    [InlineData(1.0 / 12, 2)]
    public void Load_Leader_MayRenewTwentyTimesAMinuteAndOnceAtTheEdge(double minutes, double allowed)
    {
        var targets = LoadTargets.Of([Window(Contestants.Idle, 0, minutes, 0, 0, 600), Window(Contestants.Ours, 1, minutes, 20, 0, 700)]);

        Assert.Equal([allowed, 0.5], targets.Select(t => t.Limit));
    }

    [Fact]
    public void Load_FiveStandbys_RequestsAndCpuLessTheIdleServersAgainstClientGo()
    {
        var targets = LoadTargets.Of(
        [
            Window(Contestants.Idle, 0, 1, 0, 0, 600),
            Window(Contestants.Ours, 5, 1, 20, 3, 700),
            Window(Contestants.ClientGo, 5, 1, 30, 120, 850),
        ]);

        Assert.Equal([20, 0.6, 0.153333, 0.4], targets.Select(t => Math.Round(t.Measured, 6)));
        Assert.Equal([true, false, true, true], targets.Select(t => t.IsMet));
    }

    [Fact]
    public void Load_ClientGoNoMoreThanIdle_IsNothingToCompareWith()
    {
        var targets = LoadTargets.Of(
            [Window(Contestants.Idle, 0, 1, 0, 0, 600), Window(Contestants.Ours, 5, 1, 20, 0, 590), Window(
                Contestants.ClientGo, 5, 1, 30, 90, 600)]);

        Assert.False(targets[^1].IsMet);
    }

    [Fact]
    public void Load_Rounds_AreOneWindowAndASampleEach()
    {
        List<LoadWindow> rounds = [Window(Contestants.Ours, 5, 1, 20, 0, 700), Window(Contestants.Ours, 5, 2, 40, 4, 800)];

        var sum = LoadWindow.Sum(rounds);

        Assert.Equal((TimeSpan.FromMinutes(3), 64, 60, 500.0), (sum.Length, sum.Requests, sum.OfLeader, sum.CpuMsPerMinute));
        Assert.Equal([0, 2], LoadWindow.Series(rounds).Single(s => s.Of == "GET a minute").Samples);
    }

    private static Series Times(int standbys, string who, string of, double milliseconds) =>
        new(HandoverBenchmark.Case(standbys), who, of, "ms", [milliseconds]);

    private static LoadWindow Window(string who, int standbys, double minutes, long puts, long gets, double cpuMs) => new(
        who,
        standbys,
        TimeSpan.FromMinutes(minutes),
        new(new Dictionary<string, long> { ["PUT"] = puts, ["GET"] = gets }, TimeSpan.FromMilliseconds(cpuMs)),
        ToServer: 0,
        ToClients: 0,
        Connections: 2);
}
