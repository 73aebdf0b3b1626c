namespace LeaseElection.Chaos.Judging;

/// <summary>A stretch of time, by the clock of the workers' lines.</summary>
internal readonly record struct Span(long FromNs, long ToNs)
{
    public long LengthNs => ToNs - FromNs;

    public TimeSpan Length => TimeSpan.FromTicks(LengthNs / 100);

    /// <summary>The part of it that is in both; null: none, not even a moment.</summary>
    public Span? And(Span other)
    {
        var (from, to) = (Math.Max(FromNs, other.FromNs), Math.Min(ToNs, other.ToNs));
        return from <= to ? new(from, to) : null;
    }
}
