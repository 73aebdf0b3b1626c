using System.Globalization;
using LeaseElection.Benchmarks.Measuring.Statistics;

namespace LeaseElection.Benchmarks.Reports;

/// <summary>Series of times in a table: each case's, with what ours takes as the measure.</summary>
internal static class TimesTable
{
    /// <param name="series">In the order of the table.</param>
    /// <param name="of">The samples that are compared; other series are listed without a ratio.</param>
    public static TextTable Of(IReadOnlyList<Series> series, string of)
    {
        var rows = series.Select(one =>
        {
            var times = one.Distribution();
            return (IReadOnlyList<string>)
            [
                one.Case, one.Who, one.Of, times.Count.ToString(CultureInfo.InvariantCulture),
                Figures.Short(times.Median), Figures.Short(times.Percentile(99)), Figures.Short(times.Least), Figures.Short(times.Most),
                one.Of == of && one.Who != Contestants.Ours ? Against(one, series, of, Contestants.Ours) : "",
                one.Of == of && one.Who != Contestants.Floor ? Against(one, series, of, Contestants.Floor) : "",
            ];
        });
        return new(["case", "who", "of", "n", "p50 ms", "p99 ms", "least", "most", "p50 / ours", "p50 / floor"], [.. rows]);
    }

    private static string Against(Series one, IReadOnlyList<Series> all, string of, string who) =>
        all.FirstOrDefault(other => other.Case == one.Case && other.Who == who && (other.Of == of || who == Contestants.Floor)) is { } measure
            ? Figures.Ratio(one.Distribution().Median, measure.Distribution().Median)
            : "";
}
