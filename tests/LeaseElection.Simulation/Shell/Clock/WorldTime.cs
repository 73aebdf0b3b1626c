namespace LeaseElection.Simulation.Shell.Clock;

/// <summary>The clock of one world: stands still until the world moves it, and fires the timers that are due then.</summary>
internal sealed class WorldTime : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<(WorldTimer Timer, long Generation), (long At, long Order)> _due = new();
    private long _now;
    private long _ahead;
    private long _order;

    /// <summary>Gets how long the world has lasted.</summary>
    public TimeSpan Now => TimeSpan.FromTicks(Volatile.Read(ref _now));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => Epoch + Now + TimeSpan.FromTicks(Volatile.Read(ref _ahead));

    /// <summary>The wall clock alone goes on, as when a machine was suspended.</summary>
    public void Jump(TimeSpan ahead) => Interlocked.Add(ref _ahead, ahead.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WorldTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Gets when the next timer fires; null when none is armed.</summary>
    public TimeSpan? Next
    {
        get
        {
            lock (_gate)
            {
                DropStale_NeedsLock();
                return _due.TryPeek(out _, out var when) ? TimeSpan.FromTicks(when.At) : null;
            }
        }
    }

    /// <summary>Moves the clock, and fires what is due, each on the thread pool as the system's timers do.</summary>
    public void AdvanceTo(TimeSpan to)
    {
        var fired = new List<WorldTimer>();
        lock (_gate)
        {
            Volatile.Write(ref _now, Math.Max(_now, to.Ticks));
            while (true)
            {
                DropStale_NeedsLock();
                if (!_due.TryPeek(out var entry, out var when) || when.At > _now)
                    break;
                _due.Dequeue();
                fired.Add(entry.Timer);
                if (entry.Timer.NextAfterFiring_NeedsLock() is { } again)
                    Enqueue_NeedsLock(entry.Timer, _now + again);
            }
        }

        foreach (var timer in fired)
            timer.Fire();
    }

    public void Arm(WorldTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            timer.Set_NeedsLock(period);
            if (dueTime != Timeout.InfiniteTimeSpan)
                Enqueue_NeedsLock(timer, _now + dueTime.Ticks);
        }
    }

    private void Enqueue_NeedsLock(WorldTimer timer, long at) => _due.Enqueue((timer, timer.Generation), (at, _order++));

    private void DropStale_NeedsLock()
    {
        while (_due.TryPeek(out var entry, out _) && entry.Generation != entry.Timer.Generation)
            _due.Dequeue();
    }
}
