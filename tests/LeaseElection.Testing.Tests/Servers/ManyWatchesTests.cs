using LeaseElection.Testing.Tests.Elections;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>Clients that just wait, by the thousand. Alone: what is measured is the memory of the whole process.</summary>
[Collection(nameof(RunsAlone))]
public sealed class ManyWatchesTests : ServerFixture
{
    [Fact]
    public async Task Watches_TwoThousandIdle_TakeLittleMemoryAndLeaveNothing()
    {
        const int Count = 2000;
        await WatchAsync(20); // What is needed once is not what is measured.
        await UntilClosedAsync();
        var (before, resident) = (InUse(), Environment.WorkingSet);
        var (peak, peakResident) = await WatchAsync(Count);

        TestContext.Current.TestOutputHelper!.WriteLine(
            FormattableString.Invariant($"{Count} watches and their clients: {(peak - before) / 1e6:0.0} MB of objects, {(peakResident - resident) / 1e6:0.0} MB resident"));
        Assert.InRange(peak - before, 1, 200_000_000);
        await UntilClosedAsync();
        Assert.InRange(InUse() - before, long.MinValue, 20_000_000);
    }

    private async Task<(long InUse, long Resident)> WatchAsync(int count)
    {
        using var client = new RawClient(Server);
        var watches = new List<RawWatch>(count);
        for (var i = 0; i < count; i++)
            watches.Add(await client.WatchAsync($"&fieldSelector=metadata.name%3Dw{i}"));
        Assert.Equal(count, Server.OpenWatches);
        var memory = (InUse(), Environment.WorkingSet);
        watches.ForEach(w => w.Dispose());
        return memory;
    }

    private async Task UntilClosedAsync()
    {
        while (Server.OpenWatches > 0 || Server.OpenConnections > 0)
            await Task.Yield();
    }

    // What the tests before left to finalizers is not ours.
    private static long InUse()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
