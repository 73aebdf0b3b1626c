using LeaseElection.Leases;
using LeaseElection.Tests.Hosting.Shell;

namespace LeaseElection.Tests.Runtime;

/// <summary>A watch that fails is replaced by polling every 2 s; one that works is left to itself for 5 s.</summary>
[Collection(nameof(BlocksThreads))]
public sealed class WatchTests
{
    [Fact]
    public async Task Watch_BegunAnewWhileItFails_ThatSpeaks_EndsThePolling()
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("b");
        fixture.Store.Say(new WatchSignal.Failing("a test says so", Rejection: null));
        await AssertPollsAsync(fixture);
        fixture.Store.Say(new WatchSignal.Expired());
        await fixture.AdvanceUntilAsync(fixture.Store.UntilWatchesAsync(2));

        await AssertLeftToItselfAsync(fixture);
    }

    [Fact]
    public async Task Watch_EndsWithADefectOfTheStore_IsBegunAnew()
    {
        await using var fixture = new ElectorFixture();
        fixture.Store.NextWatchThrows = true;
        await fixture.StandByAsync("b");
        await fixture.AdvanceUntilAsync(fixture.Store.UntilWatchesAsync(2));

        await AssertLeftToItselfAsync(fixture);
    }

    private static async Task AssertPollsAsync(ElectorFixture fixture)
    {
        var reads = fixture.Store.Reads;
        await fixture.AdvanceUntilAsync(fixture.Store.UntilReadsAsync(reads + 1));
        await fixture.AdvanceAsync(8);
        Assert.InRange(fixture.Store.Reads, reads + 3, reads + 6);
    }

    private static async Task AssertLeftToItselfAsync(ElectorFixture fixture)
    {
        fixture.Hold("c");
        await fixture.UntilAsync(c => c.LeaderIdentity == "c");
        await fixture.AdvanceAsync(0.1); // What was asked for before it knew is read now.
        var reads = fixture.Store.Reads;
        await fixture.AdvanceAsync(3.8);
        Assert.Equal(reads, fixture.Store.Reads);
    }
}
