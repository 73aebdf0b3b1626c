using LeaseElection.Testing.Objects;

namespace LeaseElection.Testing.Tests.Objects;

/// <summary>The texts are those of Go's time.Parse.</summary>
public sealed class GoTimeTests
{
    private const string Layout = "2006-01-02T15:04:05.000000Z07:00";

    [Theory]
    [InlineData("2026-03-01T12:00:03.000001Z", "2026-03-01T12:00:03.0000010Z")]
    [InlineData("2026-03-01T12:00:03,123456Z", "2026-03-01T12:00:03.1234560Z")]
    [InlineData("2026-03-01T1:00:03.000000Z", "2026-03-01T01:00:03.0000000Z")]
    [InlineData("2026-03-01T00:30:03.000000+02:00", "2026-02-28T22:30:03.0000000Z")]
    [InlineData("2026-03-01T12:00:03.000000-24:60", "2026-03-02T13:00:03.0000000Z")]
    [InlineData("0001-01-01T00:00:00.000000Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.9999990Z")]
    public void Parse_OfWhatGoReads_IsTheTime(string text, string expected) =>
        Assert.Equal(expected, GoTime.Parse(text, micros: true).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-03-01T12:00:03Z", "2026-03-01T12:00:03.0000000Z")]
    [InlineData("2026-03-01T12:00:03.5Z", "2026-03-01T12:00:03.5000000Z")]
    [InlineData("2026-03-01T12:00:03.123456789+00:00", "2026-03-01T12:00:03.1234567Z")]
    public void Parse_OfSeconds_TakesAnyFraction(string text, string expected) =>
        Assert.Equal(expected, GoTime.Parse(text, micros: false).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("", "", "2006")]
    [InlineData("26-03-01", "26-03-01", "2006")]
    [InlineData("2026/03/01", "/03/01", "-")]
    [InlineData("2026-3-01T12:00:03.000000Z", "3-01T12:00:03.000000Z", "01")]
    [InlineData("2026-03-01 12:00:03.000000Z", " 12:00:03.000000Z", "T")]
    [InlineData("2026-03-01T12:00:03Z", "Z", ".000000")]
    [InlineData("2026-03-01T12:00:03.123Z", ".123Z", ".000000")]
    [InlineData("2026-03-01T12:00:03.1234567Z", "7Z", "Z07:00")]
    [InlineData("2026-03-01T12:00:03.000000", "", "Z07:00")]
    [InlineData("2026-03-01T12:00:03.000000+0200", "+0200", "Z07:00")]
    public void Parse_OfAnotherForm_SaysWhereItStops(string text, string rest, string part)
    {
        var error = Assert.Throws<FormatException>(() => GoTime.Parse(text, micros: true));

        Assert.Equal($"parsing time \"{text}\" as \"{Layout}\": cannot parse \"{rest}\" as \"{part}\"", error.Message);
    }

    [Theory]
    [InlineData("2026-13-01T12:00:03.000000Z", "month out of range")]
    [InlineData("2026-02-29T12:00:03.000000Z", "day out of range")]
    [InlineData("2026-03-00T12:00:03.000000Z", "day out of range")]
    [InlineData("2026-03-01T24:00:00.000000Z", "hour out of range")]
    [InlineData("2026-03-01T12:60:00.000000Z", "minute out of range")]
    [InlineData("2026-03-01T12:00:60.000000Z", "second out of range")]
    [InlineData("2026-03-01T12:00:03.000000+25:00", "time zone offset hour out of range")]
    [InlineData("2026-03-01T12:00:03.000000+24:61", "time zone offset minute out of range")]
    [InlineData("2026-03-01T12:00:03.000000Zz", "extra text: \"z\"")]
    [InlineData("0000-01-01T00:00:00.000000Z", "year out of range")]
    [InlineData("0001-01-01T00:00:00.000000+01:00", "year out of range")]
    [InlineData("9999-12-31T23:30:00.000000-01:00", "year out of range")]
    public void Parse_OutOfRange_SaysWhat(string text, string why)
    {
        var error = Assert.Throws<FormatException>(() => GoTime.Parse(text, micros: true));

        Assert.Equal($"parsing time \"{text}\": {why}", error.Message);
    }
}
