namespace LeaseElection.Leases;

/// <summary>
/// A timestamp as a Lease has it. Ours are a <see cref="MicroTime"/>. Of others' times only sameness counts, so one that .NET cannot read,
/// or that a MicroTime cannot hold exactly, is kept as its text and written back as read.
/// </summary>
internal readonly record struct LeaseTime
{
    private readonly MicroTime _time;
    private readonly string? _text;

    /// <param name="microseconds">Microseconds since 1970-01-01T00:00:00Z.</param>
    public LeaseTime(long microseconds) => _time = new(microseconds);

    private LeaseTime(string text) => _text = text;

    /// <summary>Gets the time; null where there is only a text, which comes before and after nothing.</summary>
    public MicroTime? Micro => _text is null ? _time : null;

    /// <summary>Reads a time. Two texts are the same time only where both mean the same microsecond, or are equal.</summary>
    public static LeaseTime Read(string text) => MicroTime.TryParse(text, out var time) ? time : new LeaseTime(text);

    public override string ToString() => _text ?? _time.ToString();

    public static implicit operator LeaseTime(MicroTime time) => new(time.Microseconds);
}
