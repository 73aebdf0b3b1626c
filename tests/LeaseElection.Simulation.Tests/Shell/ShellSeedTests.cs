using LeaseElection.Simulation.Shell.Running;
using LeaseElection.Simulation.Tests.Playing;

namespace LeaseElection.Simulation.Tests.Shell;

/// <summary>The worlds of the shell that every build plays. By hand: eng/simulate.sh shell.</summary>
[Collection(nameof(AllCores))]
public sealed class ShellSeedTests
{
    private const int Seeds = 10_000;

    [Theory]
    [InlineData(584, "a holder erased before its term began: the oracle's own fault")]
    [InlineData(713, "an overrun that a blocked logger wrote down in the next term: the oracle's own fault")]
    [InlineData(1557, "a renewal answered too late: the oracle's own fault")]
    [InlineData(2749, "a probe that ended a term, and nothing had followed from that yet: the world's own fault")]
    [InlineData(5349, "work that failed while its StartAsync held the thread")]
    [InlineData(7193, "a standby that sent nothing after a lost reply, and was Degraded for that")]
    [InlineData(7539, "time to stop that a jump of the wall clock ended: the oracle's own fault")]
    [InlineData(8278, "as 7193")]
    [InlineData(
        1033102, "work that lost its Lease while it drained, and overran within a tick of another's beginning: the oracle's own fault")]
    [InlineData(202712, "a time-out shorter than the way to the server, which never came: the store's own fault")]
    public void Seed_ThatBrokeARule_DoesNotAnyMore(int seed, string what)
    {
        var batch = new ShellBatch(new() { Seeds = 1, From = (ulong)seed, Jobs = 1 });
        batch.Run();

        Assert.Empty(batch.Crashes);
        Assert.True(batch.Bad.Count == 0, what);
    }

    [Fact]
    public void Seeds_TenThousand_BreakNoRule()
    {
        var batch = new ShellBatch(new() { Seeds = Seeds, From = 1, Jobs = 2, Most = 5 });
        batch.Run();

        Assert.Empty(batch.Crashes);
        Assert.True(
            batch.Bad.Count == 0, string.Join('\n', batch.Bad.Select(b => $"eng/simulate.sh shell --replay {b.Seed}: {b.Rule}: {b.Text}")));
        Assert.Equal(Seeds, batch.Tally.Worlds);
        // That nothing was found says something only if much happened.
        Assert.True(batch.Tally.Terms > 2 * Seeds, $"{batch.Tally.Terms} terms");
        Assert.True(batch.Tally.Overruns > Seeds / 4, $"{batch.Tally.Overruns} overruns");
        // Alarms that do not come again are a slow machine's; many of them are not.
        Assert.True(batch.Tally.Unrepeated < Seeds / 200, $"{batch.Tally.Unrepeated} alarms did not come again");
    }
}
