namespace LeaseElection.Simulation.Time;

/// <summary>
/// The clocks of one process: a monotonic one that runs at its own rate and stands still while the machine is suspended, and a wall clock
/// that somebody sets now and then and that jumps when the machine resumes.
/// </summary>
internal sealed class ProcessClock : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Agenda _agenda;
    private readonly double _wallRate;
    private readonly TimeSpan _origin;
    private TimeSpan _suspended;
    private TimeSpan? _suspendedAt;
    private TimeSpan _wallOffset;

    public ProcessClock(Agenda agenda, double rate, double wallRate, TimeSpan origin, TimeSpan wallOffset)
    {
        (_agenda, Rate, _wallRate, _origin, _wallOffset) = (agenda, rate, wallRate, origin, wallOffset);
    }

    /// <summary>Gets what the timers of this clock run on: not while the process is frozen.</summary>
    public required Action<Action> RunTimer { get; init; }

    /// <summary>
    /// Gets or sets what is told when a timer made by <see cref="CreateTimer"/> has fired: the ticker looked at the clocks.
    /// </summary>
    public Action? Ticked { get; set; }

    /// <summary>Gets how fast the monotonic clock runs, in parts of true time.</summary>
    public double Rate { get; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Monotonic => _origin + (((_suspendedAt ?? _agenda.Now) - _suspended) * Rate);

    public override long GetTimestamp() => Monotonic.Ticks;

    public override DateTimeOffset GetUtcNow() => Epoch + (_agenda.Now * _wallRate) + _wallOffset;

    public void StepWall(TimeSpan step) => _wallOffset += step;

    public void Suspend() => _suspendedAt = _agenda.Now;

    public void Resume()
    {
        _suspended += _agenda.Now - _suspendedAt!.Value;
        _suspendedAt = null;
    }

    /// <summary>Calls this when that much of the monotonic clock has passed.</summary>
    public void Later(TimeSpan span, Action act) => Await(Monotonic + span, act);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ProcessTimer(this, () =>
        {
            callback(state);
            Ticked?.Invoke();
        });
        timer.Change(dueTime, period);
        return timer;
    }

    private void Await(TimeSpan due, Action act)
    {
        // A span of a clock that stands still cannot be told in true time; it is asked again.
        var left = due - Monotonic;
        var wait = TimeSpan.FromTicks((long)Math.Ceiling(left.Ticks / Rate));
        _agenda.After(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, () =>
        {
            if (Monotonic < due && _suspendedAt is null)
                Await(due, act);
            else if (_suspendedAt is not null)
                RunTimer(() => Await(due, act)); // Goes on when the machine does.
            else
                RunTimer(act);
        });
    }
}
