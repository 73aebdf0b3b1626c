using System.Globalization;

namespace LeaseElection.Testing.Api.Representations;

/// <summary>How long something takes or is there, as kubectl shows it: the finer the shorter it is.</summary>
internal static class HumanDuration
{
    private const int DaysOfYear = 365;

    public static string Of(TimeSpan time)
    {
        var (seconds, minutes, hours) = ((long)time.TotalSeconds, (long)time.TotalMinutes, (long)time.TotalHours);
        var days = hours / 24;
        return seconds switch
        {
            < -1 => "<invalid>", // One second off is a clock's inaccuracy.
            < 0 => "0s",
            < 2 * 60 => Text(seconds, "s"),
            < 10 * 60 => Text(minutes, "m", seconds % 60, "s"),
            < 3 * 3600 => Text(minutes, "m"),
            < 8 * 3600 => Text(hours, "h", minutes % 60, "m"),
            < 48 * 3600 => Text(hours, "h"),
            _ when days < 8 => Text(days, "d", hours % 24, "h"),
            _ when days < 2 * DaysOfYear => Text(days, "d"),
            _ when days < 8 * DaysOfYear => Text(days / DaysOfYear, "y", days % DaysOfYear, "d"),
            _ => Text(days / DaysOfYear, "y"),
        };
    }

    private static string Text(long whole, string unit, long rest = 0, string restUnit = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{whole}{unit}")
        + (rest == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{rest}{restUnit}"));
}
