using LeaseElection.Runtime.Clock;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Runtime;

public sealed class HolderClockTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Ticker_WhileSubscribed_TicksAtMost250MillisecondsApart()
    {
        var clock = HolderClock.ByTimer(_time);
        var ticks = new List<TimeSpan>();
        using (clock.Subscribe(_ => ticks.Add(new(clock.Monotonic().Ticks))))
            _time.Advance(TimeSpan.FromSeconds(10));
        var counted = ticks.Count;
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.InRange(counted, 40, 60);
        Assert.Equal(counted, ticks.Count);
        Assert.All(
            ticks.Zip(ticks.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.Zero, TimeSpan.FromMilliseconds(250)));
    }

    [Fact]
    public void Peek_WallJumps_FollowsWithoutATick()
    {
        var clock = HolderClock.ByTimer(_time);
        var before = clock.Read(0).Holder;
        _time.Suspend(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(20), clock.Peek() - before);
    }

    [Fact]
    public void Read_WallStepsBack_GoesOnWithTheMonotonicClock()
    {
        var clock = HolderClock.ByTimer(_time);
        var before = clock.Read(0).Holder;
        _time.StepWall(TimeSpan.FromHours(-1));
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.InRange(clock.Read(0).Holder - before, TimeSpan.FromSeconds(2.999), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Peek_AllocatesNothing()
    {
        var clock = HolderClock.For(TimeProvider.System);
        clock.Peek();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            clock.Peek();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
