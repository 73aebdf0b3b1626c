using System.Diagnostics;

namespace LeaseElection.Testing.Tests.Elections;

[Collection(nameof(RunsAlone))]
public sealed class RestartScenarios() : EmbeddedScenarios(new() { HistoryLength = 100, RequestLogLength = 100 })
{
    private const int WarmUp = 100;
    private const int Restarts = 1000;

    // Of what 1,000 runs would leave behind, if each left behind a single object of 2 kB; a thread of the pool or two may come and go.
    private const long MostMemory = 2_000_000;
    private const int MostThreads = 8;
    private const int MostHandles = 20;

    [Theory, Scenario(27)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StopAndStart_AThousandTimes_LeavesNothingBehind(bool sameElector)
    {
        var options = new LeaderElectionOptions { LeaseName = Lease, Namespace = Namespace, LeaseDuration = Seconds(15) };
        var elector = LeaderElector.Create(User.Configuration(), options);
        var stop = Restarts / 2;
        Footprint? before = null;
        for (var i = 0; i < WarmUp + Restarts; i++)
        {
            if (i == WarmUp)
                before = await MeasureAsync();
            await RunAsync(elector, untilLeading: i % 4 != stop % 4);
            if (!sameElector)
            {
                await elector.DisposeAsync();
                elector = LeaderElector.Create(User.Configuration(), options);
            }
        }

        await elector.DisposeAsync();
        // What the system lets go of in its own time is waited for; a leak stays.
        var after = await MeasureAsync();
        for (var tries = 0; tries < 50 && Excess(before!, after).Count > 0; tries++)
        {
            await PassAsync(Seconds(0.1));
            after = await MeasureAsync();
        }

        Assert.Empty(Excess(before!, after));
    }

    private static async Task RunAsync(LeaderElector elector, bool untilLeading)
    {
        using var stop = new CancellationTokenSource();
        var run = elector.RunAsync(static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), stop.Token);
        // One in four is stopped on its way, wherever it is then.
        if (untilLeading)
            await elector.WaitForLeadershipAsync(Cancel);
        await stop.CancelAsync();
        await run;
    }

    private static List<string> Excess(Footprint before, Footprint after)
    {
        var found = new List<string>();
        Check("bytes of managed memory", before.Memory, after.Memory, MostMemory);
        Check("threads", before.Threads, after.Threads, MostThreads);
        Check("handles", before.Handles, after.Handles, MostHandles);
        Check("timers", before.Timers, after.Timers, 5);
        Check("connections", before.Connections, after.Connections, 0);
        Check("watches", before.Watches, after.Watches, 0);
        return found;

        void Check(string what, long was, long isNow, long most)
        {
            if (isNow > was + most)
                found.Add($"{what}: {was} before, {isNow} after");
        }
    }

    private async Task<Footprint> MeasureAsync()
    {
        while (Api.OpenWatches > 0)
            await PassAsync(Seconds(0.02));
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
#pragma warning disable RS0030 // Counted, not used.
        var timers = System.Threading.Timer.ActiveCount;
#pragma warning restore RS0030
        return new(
            GC.GetTotalMemory(forceFullCollection: true), process.Threads.Count, process.HandleCount, timers, Api.OpenConnections,
            Api.OpenWatches);
    }

    private sealed record Footprint(long Memory, int Threads, int Handles, long Timers, int Connections, int Watches);
}
