namespace LeaseElection.RealServer.Tests.TestKit;

public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _fired = [];
    private readonly long _start;

    public ManualTimeProviderTests() => _start = _time.GetTimestamp();

    // Not GetElapsedTime: at an odd frequency its floating-point arithmetic may come out one tick short.
    private TimeSpan Elapsed =>
        TimeSpan.FromTicks((long)((Int128)(_time.GetTimestamp() - _start) * TimeSpan.TicksPerSecond / _time.TimestampFrequency));

    [Fact]
    public void Advance_ManySmallSteps_LosesNothing()
    {
        var oneStep = new ManualTimeProvider();
        var step = TimeSpan.FromTicks(333); // Not a whole number of timestamps.

        for (var i = 0; i < 1_000_000; i++)
            _time.Advance(step);
        oneStep.Advance(step * 1_000_000);

        Assert.Equal(oneStep.GetTimestamp(), _time.GetTimestamp());
        Assert.Equal(oneStep.GetUtcNow(), _time.GetUtcNow());
    }

    [Fact]
    public void GetTimestamp_AfterHours_IsTheExactInstantRoundedDown()
    {
        var hours = TimeSpan.FromHours(1000) + TimeSpan.FromTicks(1);

        _time.Advance(hours);

        Assert.Equal((long)(hours.Ticks * (Int128)_time.TimestampFrequency / TimeSpan.TicksPerSecond), _time.GetTimestamp() - _start);
    }

    [Fact]
    public void GetElapsedTime_WholeSeconds_IsExactButForATick()
    {
        _time.Advance(Second * 15);

        Assert.InRange(_time.GetElapsedTime(_start), (Second * 15) - TimeSpan.FromTicks(1), Second * 15);
        Assert.Equal(Second * 15, Elapsed);
    }

    [Fact]
    public void Advance_SeveralTimers_FireInOrderEachAtItsInstant()
    {
        Arm("late", 3);
        Arm("tie 1", 2);
        Arm("tie 2", 2);
        Arm("early", 1);
        Arm("beyond", 5);

        _time.Advance(Second * 4);

        Assert.Equal(["early at 1", "tie 1 at 2", "tie 2 at 2", "late at 3"], _fired);
        Assert.Equal(Second, _time.UntilNextTimer);
        Assert.Equal(1, _time.ArmedTimers);
    }

    [Fact]
    public void Advance_TimerRearmedByItsCallback_FiresAgainWithinTheSameAdvance()
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(
            _ =>
            {
                Note("again");
                timer!.Change(Second * 2, Timeout.InfiniteTimeSpan);
            },
            null,
            Second,
            Timeout.InfiniteTimeSpan);

        _time.Advance(Second * 6);

        Assert.Equal(["again at 1", "again at 3", "again at 5"], _fired);
    }

    [Fact]
    public void Advance_TimerWithPeriod_FiresEachTime()
    {
        using var timer = _time.CreateTimer(_ => Note("tick"), null, Second, Second * 2);

        _time.Advance(Second * 5);

        Assert.Equal(["tick at 1", "tick at 3", "tick at 5"], _fired);
    }

    [Fact]
    public void Advance_CalledByACallback_ComesOnTop()
    {
        using var timer = _time.CreateTimer(_ => _time.Advance(Second * 10), null, Second, Timeout.InfiniteTimeSpan);
        Arm("between", 5);

        _time.Advance(Second * 3);

        Assert.Equal(["between at 5"], _fired);
        Assert.Equal(Second * 13, Elapsed);
    }

    [Fact]
    public void Advance_TimerDisposedOrStoppedOrPutOff_FiresOnlyWhenDue()
    {
        var disposed = Arm("disposed", 1);
        var stopped = Arm("stopped", 1);
        var putOff = Arm("put off", 1);

        disposed.Dispose();
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        putOff.Change(Second * 2, Timeout.InfiniteTimeSpan);
        _time.Advance(Second * 3);

        Assert.Equal(["put off at 2"], _fired);
        Assert.False(disposed.Change(Second, Timeout.InfiniteTimeSpan));
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public void Advance_FromSeveralThreads_AddsUpAndFiresEachTimerOnce()
    {
        var count = 0;
        for (var i = 1; i <= 1000; i++)
            _time.CreateTimer(_ => Interlocked.Increment(ref count), null, TimeSpan.FromMilliseconds(i), Timeout.InfiniteTimeSpan);

        Parallel.For(0, 1000, _ => _time.Advance(TimeSpan.FromMilliseconds(1)));

        Assert.Equal(1000, count);
        Assert.Equal(Second, Elapsed);
    }

    [Fact]
    public void AdvanceMonotonic_TimerDue_FiresWhileTheWallClockStandsStill()
    {
        var wall = _time.GetUtcNow();
        Arm("due", 1);

        _time.AdvanceMonotonic(Second * 2);

        Assert.Equal(["due at 1"], _fired);
        Assert.Equal(wall, _time.GetUtcNow());
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void StepWall_EitherWay_MovesOnlyTheWallClock(int seconds)
    {
        var wall = _time.GetUtcNow();
        Arm("not due", 1);

        _time.StepWall(Second * seconds);

        Assert.Equal(wall + (Second * seconds), _time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, Elapsed);
        Assert.Empty(_fired);
    }

    [Fact]
    public void Suspend_TimerArmed_WaitsAsLongAsBefore()
    {
        var wall = _time.GetUtcNow();
        Arm("due", 1);

        _time.Suspend(Second * 20);

        Assert.Equal(Second, _time.UntilNextTimer);
        Assert.Equal(wall + (Second * 20), _time.GetUtcNow());
    }

    [Fact]
    public async Task CreateTimer_DueAtOnce_FiresWithoutAnAdvanceAndNotOnTheCallersStack()
    {
        var fired = new TaskCompletionSource<int>();
        var caller = Environment.CurrentManagedThreadId;
        var creating = new Lock();

        ITimer timer;
        using (creating.EnterScope())
        {
            timer = _time.CreateTimer(
                _ =>
                {
                    lock (creating)
                        fired.SetResult(Environment.CurrentManagedThreadId);
                },
                null,
                TimeSpan.Zero,
                Timeout.InfiniteTimeSpan);
            Assert.False(fired.Task.IsCompleted);
        }
        await fired.Task;

        Assert.Equal(TimeSpan.Zero, Elapsed);
        await timer.DisposeAsync();
    }

    [Fact]
    public async Task TaskDelay_OnThisClock_EndsAtItsTime()
    {
        var delay = Task.Delay(Second * 2, _time, TestContext.Current.CancellationToken);
        using var cancellation = new CancellationTokenSource(Second * 3, _time);

        _time.Advance((Second * 2) - TimeSpan.FromTicks(1));
        Assert.False(delay.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        await delay;
        Assert.False(cancellation.IsCancellationRequested);
        _time.Advance(Second);
        Assert.True(cancellation.IsCancellationRequested);
    }

    [Fact]
    public void Advance_Backwards_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(-Second));

    private ITimer Arm(string name, int dueSeconds) =>
        _time.CreateTimer(_ => Note(name), null, Second * dueSeconds, Timeout.InfiniteTimeSpan);

    private void Note(string name) => _fired.Add($"{name} at {Elapsed.TotalSeconds}");
}
