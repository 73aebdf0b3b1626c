using System.Globalization;

namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>Rolling updates, as pods see them.</summary>
[Collection(nameof(RunsProcesses))]
public sealed class GracefulStopTests(SharedControlPlane shared)
{
    private const int HandOvers = 20;

    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// From the line in which the old one's work had stopped, so from before the release, to the new one's first work: more than what
    /// scenario 20 asks for. The new one has only just started and never led: its code is cold.
    /// A median above the promise is measured once more, in case others had the cores; both are printed.
    /// </summary>
    [Fact]
    [Scenario(20)]
    public async Task Sigterm_LeaderOfThreeByDefaultSettings_AnotherWorksWithin100MillisecondsInTheMedian()
    {
        var plane = await shared.GetAsync();
        var first = await MeasureAsync(plane);
        if (Median(first) <= Promised)
            return;

        var second = await MeasureAsync(plane);
        Assert.True(
            Median(second) <= Promised,
            $"twice too slow: {Text(first)}; {Text(second)}. Under the JIT compiler a young process takes longer than that: eng/test.sh "
            + "publishes examples/SingletonWorker ReadyToRun, as its image has it, and names it in LEASEELECTION_TEST_WORKER");
    }

    private static async Task<IReadOnlyList<TimeSpan>> MeasureAsync(ControlPlane plane)
    {
        await using var workers = await WorkerGroup.CreateAsync(plane);
        var (leader, work) = await workers.StartAsync(3);
        var took = new List<TimeSpan>();

        for (var i = 0; i < HandOvers; i++)
        {
            await WorkerGroup.StopAsync(leader);
            var ended = await WorkerGroup.EndAsync(leader, work.FencingToken);
            Assert.Equal("Stopped", ended.Reason);
            (leader, work) = await workers.NextTermAsync(after: work.FencingToken!.Value);
            took.Add(TimeSpan.FromMicroseconds((work.MonotonicNs - ended.MonotonicNs) / 1000));
            await WorkerGroup.FollowsAsync(await workers.StartAsync());
        }

        var oracle = await workers.StopAndJudgeAsync();
        Assert.Empty(oracle.ToldApart);
        // All are stopped together at the end: a standby may lead for a moment on its way out.
        Assert.InRange(oracle.Terms, HandOvers + 1, HandOvers + 3);
        TestContext.Current.TestOutputHelper?.WriteLine(Text(took));
        return took;
    }

    private static TimeSpan Median(IReadOnlyList<TimeSpan> took)
    {
        var sorted = took.Order().ToList();
        return (sorted[(HandOvers / 2) - 1] + sorted[HandOvers / 2]) / 2;
    }

    private static string Text(IReadOnlyList<TimeSpan> took) => string.Create(
        CultureInfo.InvariantCulture,
        $"hand-overs: median {Median(took).TotalMilliseconds:0.0} ms of {string.Join(' ', took.Select(t => t.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)))}");
}
