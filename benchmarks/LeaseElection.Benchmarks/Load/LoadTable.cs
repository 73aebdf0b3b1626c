using System.Globalization;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Load;

/// <summary>The windows in a table.</summary>
internal static class LoadTable
{
    public static TextTable Of(IReadOnlyList<Window> windows)
    {
        var idle = windows.Single(window => window.Who == Contestants.Idle);
        return new(
            ["case", "who", "by verb", "requests / min", "of leader", "of each standby", "kB / min", "connections", "CPU ms / min", "requests / ours", "CPU / ours"],
            [.. windows.Select(window => Row(window, windows, idle))]);
    }

    private static IReadOnlyList<string> Row(Window window, IReadOnlyList<Window> all, Window idle)
    {
        var verbs = string.Join(", ", window.Counted.Requests.OrderBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Value} {v.Key}")));
        if (window == idle)
            return [window.Case, window.Who, verbs, Figures.Short(window.PerMinute(window.Requests)), "", "", "", "", Figures.Short(window.CpuMsPerMinute), "", ""];

        var ours = all.Single(other => other.Who == Contestants.Ours && other.Standbys == window.Standbys);
        var (own, ourCpu) = (window.CpuMsPerMinute - idle.CpuMsPerMinute, ours.CpuMsPerMinute - idle.CpuMsPerMinute);
        return
        [
            window.Case, window.Who, verbs,
            Figures.Short(window.PerMinute(window.Requests)),
            Figures.Short(window.PerMinute(window.OfLeader)),
            Figures.Short(window.PerMinute(window.OfStandbys) / window.Standbys),
            Figures.Short(window.PerMinute(window.ToServer + window.ToClients) / 1000),
            window.Connections.ToString(CultureInfo.InvariantCulture),
            Figures.Short(own),
            window == ours ? "" : Figures.Ratio(window.PerMinute(window.Requests), ours.PerMinute(ours.Requests)),
            window == ours || ourCpu <= 0 ? "" : Figures.Ratio(own, ourCpu),
        ];
    }
}
