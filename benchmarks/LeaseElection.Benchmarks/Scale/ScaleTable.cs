using System.Globalization;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>The figures in a table.</summary>
internal static class ScaleTable
{
    public static TextTable Of(IReadOnlyList<ScaleFigure> figures) => new(
        ["case", "who", "CPU leader", "standby", "server", "requests / s", "CPU µs / request", "MB leader", "of it objects", "connections", "lost terms", "all lead after", "CPU / ours", "CPU / floor"],
        [.. figures.Select(f => Row(f, figures))]);

    private static IReadOnlyList<string> Row(ScaleFigure f, IReadOnlyList<ScaleFigure> all) =>
    [
        f.Case,
        f.Who,
        Cores(f.Leader.Cores),
        f.Standby is { } standby ? Cores(standby.Cores) : "",
        Cores(f.ServerCores),
        Figures.Short(f.RequestsPerSecond),
        f.RequestsPerSecond > 0 ? Figures.Short(f.BothCores * 1e6 / f.RequestsPerSecond) : "",
        Figures.Short(f.Leader.Resident / 1e6),
        Figures.Short(f.LiveBytes / 1e6),
        string.Create(CultureInfo.InvariantCulture, $"{f.Leader.Connections}{(f.Standby is { } other ? $" + {other.Connections}" : "")}"),
        f.Lost.ToString(CultureInfo.InvariantCulture),
        $"{Figures.Short(f.ReadySeconds)} s",
        f.Who == Contestants.Ours ? "" : Against(f, all, Contestants.Ours),
        f.Who == Contestants.Floor ? "" : Against(f, all, Contestants.Floor),
    ];

    // Of the processes that lead: the floor has no other.
    private static string Against(ScaleFigure f, IReadOnlyList<ScaleFigure> all, string who) =>
        all.FirstOrDefault(other => other.Case == f.Case && other.Who == who) is { } measure
            ? Figures.Ratio(f.Leader.Cores, measure.Leader.Cores)
            : "";

    private static string Cores(double cores) => cores.ToString("0.0 %", CultureInfo.InvariantCulture);
}
