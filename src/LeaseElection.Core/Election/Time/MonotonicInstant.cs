namespace LeaseElection.Election.Time;

/// <summary>
/// A reading of the monotonic clock. A type of its own so that no line of code can compare it with a wall-clock time
/// or with the holder's clock (S7). A standby waits on this clock alone.
/// </summary>
/// <param name="Ticks">Units of 100 ns since an arbitrary origin of this process.</param>
internal readonly record struct MonotonicInstant(long Ticks) : IComparable<MonotonicInstant>
{
    public static MonotonicInstant Never => new(long.MaxValue);

    public int CompareTo(MonotonicInstant other) => Ticks.CompareTo(other.Ticks);

    public static MonotonicInstant Min(MonotonicInstant left, MonotonicInstant right) => left < right ? left : right;

    public static MonotonicInstant Max(MonotonicInstant left, MonotonicInstant right) => left > right ? left : right;

    // Saturating: a Lease may name a duration of 68 years, and "never" plus anything stays "never".
    public static MonotonicInstant operator +(MonotonicInstant instant, TimeSpan span) =>
        new(SaturatingTicks.Add(instant.Ticks, span.Ticks));

    public static TimeSpan operator -(MonotonicInstant later, MonotonicInstant earlier) => new(later.Ticks - earlier.Ticks);

    public static bool operator <(MonotonicInstant left, MonotonicInstant right) => left.Ticks < right.Ticks;

    public static bool operator >(MonotonicInstant left, MonotonicInstant right) => left.Ticks > right.Ticks;

    public static bool operator <=(MonotonicInstant left, MonotonicInstant right) => left.Ticks <= right.Ticks;

    public static bool operator >=(MonotonicInstant left, MonotonicInstant right) => left.Ticks >= right.Ticks;
}
