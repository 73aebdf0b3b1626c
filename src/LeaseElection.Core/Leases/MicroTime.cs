using System.Globalization;

namespace LeaseElection.Leases;

/// <summary>A Lease's timestamp: whole microseconds since the Unix epoch, always written with six fractional digits.</summary>
/// <param name="Microseconds">Microseconds since 1970-01-01T00:00:00Z; may be negative.</param>
internal readonly record struct MicroTime(long Microseconds) : IComparable<MicroTime>
{
    // Exactly six digits: the API server answers 400 to a time without them, and to the seven of the format "O".
    private const string Pattern = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'ffffff'Z'";

    private const string Readable = "yyyy'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFK";

    /// <summary>The number of characters, all ASCII, of a written time.</summary>
    public const int Length = 27;

    public static MicroTime Max => From(DateTimeOffset.MaxValue);

    public static MicroTime From(DateTimeOffset time) =>
        new((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>Reads RFC 3339. Fails where the time is not a whole number of microseconds: two times must never become one (S3).</summary>
    public static bool TryParse(string text, out MicroTime time)
    {
        // In this form alone: a general parser would give a text without a date the date of today.
        var parsed = DateTimeOffset.TryParseExact(
            text, Readable, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value);
        return TryFrom(value, out time) && parsed;
    }

    public static bool TryFrom(DateTimeOffset value, out MicroTime time)
    {
        time = From(value);
        return value.UtcTicks % TimeSpan.TicksPerMicrosecond == 0;
    }

    /// <summary>This time plus a span, saturated at the last time that can be written.</summary>
    public MicroTime Add(TimeSpan span)
    {
        var sum = Microseconds + (long)span.TotalMicroseconds;
        return sum > Max.Microseconds ? Max : new(sum);
    }

    public int CompareTo(MicroTime other) => Microseconds.CompareTo(other.Microseconds);

    public override string ToString() => Time.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Writes it as UTF-8.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Format(Span<byte> utf8) => Time.TryFormat(utf8, out var length, Pattern, CultureInfo.InvariantCulture)
        ? length
        : throw new ArgumentException($"{Length} bytes are needed.", nameof(utf8));

    private DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(Microseconds * TimeSpan.TicksPerMicrosecond);

    public static bool operator <(MicroTime left, MicroTime right) => left.Microseconds < right.Microseconds;

    public static bool operator >(MicroTime left, MicroTime right) => left.Microseconds > right.Microseconds;

    public static bool operator <=(MicroTime left, MicroTime right) => left.Microseconds <= right.Microseconds;

    public static bool operator >=(MicroTime left, MicroTime right) => left.Microseconds >= right.Microseconds;
}
