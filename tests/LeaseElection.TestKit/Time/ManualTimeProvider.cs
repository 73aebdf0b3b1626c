namespace LeaseElection.TestKit;

/// <summary>
/// Time that moves only when told to: a monotonic clock, which drives the timers, and a wall clock, which can be stepped on its own.
/// Timers fire in order of their due time (ties: in order of creation), each at its own instant, on the thread that advances;
/// one that is re-armed by its callback fires again within the same Advance. Safe to use from any thread.
/// </summary>
/// <remarks>
/// The frequency is odd on purpose: who mixes up timestamps and ticks fails at once. A timestamp is the exact instant rounded down,
/// as on real hardware, so two timestamps may lie up to 280 ns closer together than the time that passed between them; whole
/// seconds and multiples of 200 ms are exact. <see cref="TimeProvider.GetElapsedTime(long, long)"/> calculates in floating point and
/// may lose one tick (100 ns) more, so that a timer seems to fire that much early: code under test has to stand that, as it has to
/// with real clocks. A callback runs on the thread that advances, which waits for it.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    /// <summary>The ACPI power management timer's.</summary>
    public const long Frequency = 3_579_545;

    private readonly Lock _state = new();
    private readonly Lock _advancing = new();
    private readonly SortedSet<ManualTimer> _armed = new(ManualTimer.InFiringOrder);
    private long _monotonic = TimeSpan.FromHours(5).Ticks;
    private long _wall;
    private long _timersCreated;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public ManualTimeProvider(DateTimeOffset start) => _wall = start.UtcTicks;

    public override long TimestampFrequency => Frequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Gets how long until the next timer is due, or null when none is armed.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_state)
                return _armed.Min is { } next ? TimeSpan.FromTicks(Math.Max(0, next.Due - _monotonic)) : null;
        }
    }

    /// <summary>Gets how many timers are armed. Of use to find one that was left behind.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_state)
                return _armed.Count;
        }
    }

    public override long GetTimestamp()
    {
        lock (_state)
            return (long)((Int128)_monotonic * Frequency / TimeSpan.TicksPerSecond);
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_state)
            return new(_wall, TimeSpan.Zero);
    }

    /// <summary>Moves both clocks on, and fires what is due on the way.</summary>
    public void Advance(TimeSpan by) => Move(by, wallToo: true);

    /// <summary>Moves the monotonic clock on and fires what is due on the way; the wall clock stands still.</summary>
    public void AdvanceMonotonic(TimeSpan by) => Move(by, wallToo: false);

    /// <summary>Sets the wall clock forward or back, as an administrator or NTP does. No timer fires.</summary>
    public void StepWall(TimeSpan by)
    {
        lock (_state)
            _wall += by.Ticks;
    }

    /// <summary>What a suspended VM sees when it resumes: the wall clock jumped, the monotonic clock stood still.</summary>
    public void Suspend(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        StepWall(duration);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, Interlocked.Increment(ref _timersCreated), callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal bool Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_state)
        {
            if (timer.IsDisposed)
                return false;
            _armed.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime < TimeSpan.Zero)
                return true;
            timer.Due = _monotonic + dueTime.Ticks;
            _armed.Add(timer);
        }
        // Due at once: nobody need advance the clock for it. Never on the caller's stack, as with a system timer.
        if (dueTime == TimeSpan.Zero)
            ThreadPool.UnsafeQueueUserWorkItem(static time => time.Move(TimeSpan.Zero, wallToo: false), this, preferLocal: false);
        return true;
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_state)
        {
            _armed.Remove(timer);
            timer.IsDisposed = true;
        }
    }

    // A callback may itself advance the clock: what it adds comes on top, for only what remains of our own way is counted here.
    private void Move(TimeSpan by, bool wallToo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_advancing)
        {
            var remaining = by.Ticks;
            while (Step(ref remaining, wallToo) is { } timer)
                timer.Fire();
        }
    }

    private ManualTimer? Step(ref long remaining, bool wallToo)
    {
        lock (_state)
        {
            var next = _armed.Min;
            var way = next is null ? remaining : Math.Min(remaining, Math.Max(0, next.Due - _monotonic));
            _monotonic += way;
            if (wallToo)
                _wall += way;
            remaining -= way;
            if (next is null || next.Due > _monotonic)
                return null;

            _armed.Remove(next);
            if (next.Period > 0)
            {
                next.Due += next.Period;
                _armed.Add(next);
            }
            return next;
        }
    }
}
