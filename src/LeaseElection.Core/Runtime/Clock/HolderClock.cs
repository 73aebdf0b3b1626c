using System.Runtime.CompilerServices;
using LeaseElection.Election.Time;

namespace LeaseElection.Runtime.Clock;

/// <summary>
/// The clocks of this process (S7), shared by all its electors: every reading for a step is a tick, and while anyone holds a Lease
/// a ticker sees to it that ticks are never more than 250 ms apart, so that a jump of the wall clock is noticed.
/// </summary>
internal sealed class HolderClock
{
    private static readonly ConditionalWeakTable<TimeProvider, HolderClock> Instances = [];

    // A pause between the two readings would make the holder's clock run ahead. Safe, but it costs validity: read again.
    private static readonly TimeSpan MostSkew = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly Ticker _ticker;
    private Tick _last;

    private HolderClock(TimeProvider time, bool byTimer)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _last = new(new(default, time.GetUtcNow(), default));
        _ticker = byTimer ? new TimerTicker(time, TickNow) : new ThreadTicker(TickNow);
    }

    /// <summary>The clock of a time provider that runs by itself. A thread ticks it, at real intervals.</summary>
    public static HolderClock For(TimeProvider time) => Instances.GetValue(time, static t => new(t, byTimer: false));

    /// <summary>A clock that the time provider's own timers tick: for time that a test or a simulation advances.</summary>
    public static HolderClock ByTimer(TimeProvider time) => new(time, byTimer: true);

    /// <summary>Reads all clocks; a tick.</summary>
    public Moment Read(ulong random)
    {
        var tick = TickNow();
        return new(tick.Monotonic, tick.Holder, tick.Wall, random);
    }

    /// <summary>What the holder's clock shows, without a tick: for readers on any thread. Neither locks nor allocates.</summary>
    public HolderInstant Peek() => Volatile.Read(ref _last).Value.Advance(Monotonic(), _time.GetUtcNow()).Holder;

    // In integers: TimeProvider.GetElapsedTime goes through a double, and a timer that fires on time would look a few ticks early.
    public MonotonicInstant Monotonic() =>
        new((long)((Int128)(_time.GetTimestamp() - _origin) * TimeSpan.TicksPerSecond / _time.TimestampFrequency));

    /// <summary>Ticks for this observer until the subscription is disposed.</summary>
    public IDisposable Subscribe(Action<HolderInstant> onTick) => _ticker.Subscribe(onTick);

    private HolderTick TickNow()
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var (monotonic, wall) = ReadBoth();
            var next = new Tick(last.Value.Advance(monotonic, wall));
            if (monotonic >= last.Value.Monotonic && Interlocked.CompareExchange(ref _last, next, last) == last)
                return next.Value;
            // Another thread ticked meanwhile: count from there, or its progress would be counted twice or not at all.
        }
    }

    private (MonotonicInstant Monotonic, DateTimeOffset Wall) ReadBoth()
    {
        for (var tries = 0; ; tries++)
        {
            var before = Monotonic();
            var wall = _time.GetUtcNow();
            if (Monotonic() - before < MostSkew || tries == 3)
                return (before, wall);
        }
    }

    private sealed record Tick(HolderTick Value);
}
