namespace LeaseElection.Election.Time;

/// <summary>
/// A reading of the holder's clock (S7): the clock on which a leader believes in its term. It never advances less than the
/// monotonic clock, and it cannot be compared with one.
/// </summary>
/// <param name="Ticks">Units of 100 ns since an arbitrary origin of this process.</param>
internal readonly record struct HolderInstant(long Ticks) : IComparable<HolderInstant>
{
    public int CompareTo(HolderInstant other) => Ticks.CompareTo(other.Ticks);

    public static HolderInstant operator +(HolderInstant instant, TimeSpan span) =>
        new(SaturatingTicks.Add(instant.Ticks, span.Ticks));

    public static TimeSpan operator -(HolderInstant later, HolderInstant earlier) => new(later.Ticks - earlier.Ticks);

    public static bool operator <(HolderInstant left, HolderInstant right) => left.Ticks < right.Ticks;

    public static bool operator >(HolderInstant left, HolderInstant right) => left.Ticks > right.Ticks;

    public static bool operator <=(HolderInstant left, HolderInstant right) => left.Ticks <= right.Ticks;

    public static bool operator >=(HolderInstant left, HolderInstant right) => left.Ticks >= right.Ticks;
}
