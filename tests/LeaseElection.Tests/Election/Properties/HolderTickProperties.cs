using CsCheck;
using LeaseElection.Election.Time;

namespace LeaseElection.Tests.Election.Properties;

/// <summary>S7.</summary>
public sealed class HolderTickProperties
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(long Monotonic, long Wall)[]> Progress =
        Gen.Select(Gen.Long[0, TimeSpan.TicksPerHour], Gen.Long[-TimeSpan.TicksPerHour, TimeSpan.TicksPerHour]).Array[1, 30];

    [Fact]
    public void HolderTick_AnySequence_AdvancesByTheLargerProgressOfEveryTick() => Progress.Sample(steps =>
    {
        var tick = new HolderTick(default, Start, default);
        var expected = 0L;
        foreach (var (monotonic, wall) in steps)
        {
            expected += Math.Max(monotonic, wall);
            tick = tick.Advance(tick.Monotonic + TimeSpan.FromTicks(monotonic), tick.Wall + TimeSpan.FromTicks(wall));
            Assert.Equal(expected, tick.Holder.Ticks);
        }
    });

    [Fact]
    public void HolderTick_MoreTicks_NeverRunBehindFewer() => Progress.Sample(steps =>
    {
        var often = new HolderTick(default, Start, default);
        foreach (var (monotonic, wall) in steps)
            often = often.Advance(often.Monotonic + TimeSpan.FromTicks(monotonic), often.Wall + TimeSpan.FromTicks(wall));
        var once = new HolderTick(default, Start, default).Advance(often.Monotonic, often.Wall);
        Assert.True(often.Holder >= once.Holder);
    });
}
