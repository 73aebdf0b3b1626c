using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Running;

namespace LeaseElection.Simulation.Tests.Playing;

/// <summary>The worlds that every build plays. By hand: eng/simulate.sh.</summary>
[Collection(nameof(AllCores))]
public sealed class SeedTests
{
    private const int Seeds = 20_000;

    [Theory]
    [InlineData(2791, "a holder told of after its Lease was replaced")]
    [InlineData(11341, "an acquire confirmed after its Lease was read to be gone")]
    [InlineData(1020755, "a wall clock set back by a step that had read it, and then a suspend: the simulation's own fault, limit 4")]
    [InlineData(1046505, "an erased record made again behind a standby's back: the simulation's own fault, limit 7")]
    [InlineData(2549900, "a create that landed ten seconds after the calm had begun: the oracle's impatience")]
    [InlineData(1199233, "old news that a lagging watch told in the calm: the oracle's impatience")]
    [InlineData(2701214, "an unanswered write of a standby's own, made again behind its back: the simulation's own fault, limit 7")]
    [InlineData(2741016, "a watch that lagged for the lag of the connection before it: the simulation's own fault")]
    [InlineData(2757922, "a watch that kept its old news until the next event: the simulation's own fault")]
    [InlineData(2763454, "as 2677016")]
    [InlineData(
        200042567, "a create that was confirmed after its Lease was deleted, and a newcomer in its second term: the oracle's impatience")]
    [InlineData(7233, "a read beside an earlier write, which alone showed a holder")]
    [InlineData(8359, "work that failed before the calm and ended in it, while everybody stood aside: the oracle's impatience")]
    [InlineData(300280745, "an acquire from before the calm, confirmed with 12 ms of its time left: the oracle's impatience")]
    [InlineData(
        500008545, "an etcd from a backup whose Lease was deleted before anybody read it, so all waited twice: the oracle's impatience")]
    [InlineData(77060473, "a watch begun anew because a read was a moment faster, just when the leader left")]
    [InlineData(2677016, "an acquire that the watch confirmed, and that nothing renewed while reads were refused")]
    public void Seed_ThatBrokeARule_DoesNotAnyMore(int seed, string what)
    {
        var batch = new Batch(TimeSpan.FromMinutes(10));
        batch.Run((ulong)seed, seeds: 1);

        Assert.True(batch.Found.IsEmpty, what);
    }

    [Fact]
    public void Seeds_TwentyThousand_BreakNoRule()
    {
        var batch = new Batch(TimeSpan.FromMinutes(10));
        batch.Run(from: 1, Seeds, most: 5);

        Assert.True(
            batch.Found.IsEmpty,
            string.Join('\n', batch.Found.Select(f => $"eng/simulate.sh --from {f.Key} --seeds 1: {f.Value.Oracle}: {f.Value.Text}")));
        var played = batch.Statistics;
        Assert.Equal(Seeds, played.Worlds);
        // That nothing was found says something only if much happened.
        Assert.True(played.VirtualTime >= TimeSpan.FromMinutes(10) * Seeds);
        Assert.True(played.Terms > 20 * Seeds, $"{played.Terms} terms");
        Assert.True(played.HandOvers > 5 * Seeds, $"{played.HandOvers} hand-overs");
        Assert.True(played.Calms - played.CalmsUndecided > 5 * Seeds, $"{played.Calms} calms, {played.CalmsUndecided} undecided");
        Assert.True(played.FencedRefused > 0 && played.PeerOverlaps > 0 && played.Exempted > 0);
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.True(played[kind] > 1000, $"{kind}: {played[kind]}"));
    }
}
