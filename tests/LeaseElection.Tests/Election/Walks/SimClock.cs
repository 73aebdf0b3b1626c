using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>
/// One candidate's clocks: a rate of its own, a wall clock that can be stepped, and a monotonic one that stands still in a suspend.
/// </summary>
internal sealed class SimClock(Func<TimeSpan> trueTime, double rate)
{
    private static readonly DateTimeOffset Epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private HolderTick _tick = new(new((long)(trueTime().Ticks * rate)), Epoch + (trueTime() * rate), default);
    private TimeSpan _lost;
    private TimeSpan? _suspendedAt;

    public double Rate => rate;

    public TimeSpan WallOffset { get; set; }

    public MonotonicInstant Monotonic => new((long)(((_suspendedAt ?? trueTime()) - _lost).Ticks * rate));

    public DateTimeOffset Wall => Epoch + (trueTime() * rate) + WallOffset;

    /// <summary>Gets the holder's clock as a reader would find it now. No tick.</summary>
    public HolderInstant Holder => _tick.Advance(Monotonic, Wall).Holder;

    public void Tick() => _tick = _tick.Advance(Monotonic, Wall);

    public void Suspend() => _suspendedAt ??= trueTime();

    public void Resume()
    {
        if (_suspendedAt is { } at)
            _lost += trueTime() - at;
        _suspendedAt = null;
    }
}
