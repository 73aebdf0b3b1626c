using System.Globalization;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Objects;

/// <summary>Reads times as Go does, and refuses what it refuses, in its words.</summary>
internal ref struct GoTime
{
    private const string Seconds = "2006-01-02T15:04:05Z07:00";
    private const string Micros = "2006-01-02T15:04:05.000000Z07:00";

    private readonly string _text;
    private readonly bool _micros;
    private ReadOnlySpan<char> _rest;

    private GoTime(string text, bool micros)
    {
        _text = text;
        _micros = micros;
        _rest = text;
    }

    /// <summary>The time.</summary>
    /// <param name="text">A text in RFC 3339.</param>
    /// <param name="micros">Whether it must have six digits after the second, and not as many as it likes.</param>
    /// <exception cref="FormatException">Go cannot read it.</exception>
    public static DateTimeOffset Parse(string text, bool micros) => new GoTime(text, micros).Parse();

    private DateTimeOffset Parse()
    {
        var year = Number(4, "2006", 0, 9999, "");
        Sign('-');
        var month = Number(2, "01", 1, 12, "month");
        Sign('-');
        var day = Number(2, "02", 0, 99, "");
        Sign('T');
        var hour = Number(_rest.Length > 1 && char.IsAsciiDigit(_rest[1]) ? 2 : 1, "15", 0, 23, "hour");
        Sign(':');
        var minute = Number(2, "04", 0, 59, "minute");
        Sign(':');
        var second = Number(2, "05", 0, 59, "second");
        var ticks = Fraction();
        var offset = Offset();
        if (_rest.Length > 0)
            throw Wrong($"extra text: {Go.Quote(_rest.ToString())}");
        if (year == 0)
            throw Wrong("year out of range"); // Go has a year 0, .NET has none.
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
            throw Wrong("day out of range");
        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(ticks);
        return offset > TimeSpan.Zero && local - DateTime.MinValue < offset || offset < TimeSpan.Zero && DateTime.MaxValue - local < -offset
            ? throw Wrong("year out of range")
            : new(local - offset);
    }

    // What follows the second: in ticks, of which there are ten in a microsecond.
    private long Fraction()
    {
        var digits = 6;
        if (!_micros)
        {
            if (_rest.Length < 2 || _rest[0] is not ('.' or ',') || !char.IsAsciiDigit(_rest[1]))
                return 0;
            digits = _rest[1..].IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : _rest.Length - 1;
        }

        if (_rest.Length <= digits || _rest[0] is not ('.' or ',') || _rest[1..(digits + 1)].ContainsAnyExceptInRange('0', '9'))
            throw Unreadable(".000000");
        var text = _rest[1..(digits + 1)].ToString();
        _rest = _rest[(digits + 1)..];
        return long.Parse(text.PadRight(7, '0').AsSpan(0, 7), CultureInfo.InvariantCulture);
    }

    private TimeSpan Offset()
    {
        const string Layout = "Z07:00";
        if (_rest is ['Z', ..])
        {
            _rest = _rest[1..];
            return TimeSpan.Zero;
        }

        if (_rest is not ['+' or '-', var h, var hh, ':', var m, var mm, ..] || !IsNumber([h, hh, m, mm]))
            throw Unreadable(Layout);
        var (hours, minutes) = (Value(_rest[1..3]), Value(_rest[4..6]));
        if (hours > 24)
            throw Wrong("time zone offset hour out of range");
        if (minutes > 60)
            throw Wrong("time zone offset minute out of range");
        var offset = new TimeSpan(hours, minutes, 0);
        var isWest = _rest[0] == '-';
        _rest = _rest[6..];
        return isWest ? -offset : offset;
    }

    private int Number(int digits, string layout, int least, int most, string name)
    {
        if (_rest.Length < digits || !IsNumber(_rest[..digits]))
            throw Unreadable(layout);
        var value = Value(_rest[..digits]);
        _rest = _rest[digits..];
        return value < least || value > most ? throw Wrong($"{name} out of range") : value;
    }

    private void Sign(char sign)
    {
        if (_rest.Length == 0 || _rest[0] != sign)
            throw Unreadable(sign.ToString());
        _rest = _rest[1..];
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static int Value(ReadOnlySpan<char> digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private readonly FormatException Unreadable(string layout) => new(
        $"parsing time {Go.Quote(_text)} as {Go.Quote(_micros ? Micros : Seconds)}: "
        + $"cannot parse {Go.Quote(_rest.ToString())} as {Go.Quote(layout)}");

    private readonly FormatException Wrong(string why) => new($"parsing time {Go.Quote(_text)}: {why}");
}
