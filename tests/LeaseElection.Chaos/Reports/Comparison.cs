using System.Globalization;
using System.Text;
using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.Reports;

/// <summary>Several electors under the same schedule, side by side.</summary>
internal static class Comparison
{
    public static string Write(IReadOnlyList<(RunRecord Run, Figures Figures)> all)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # The same nemesis on {string.Join(", ", all.Select(a => a.Run.Peer.Name()))}

            {all[0].Run.Length.TotalMinutes:0.##} minutes each, one after the other on one machine, seed {all[0].Run.Seed}, LeaseDuration {Summary.Seconds(all[0].Run.Timings.Lease)}. The schedule is
            the same; what processes do with it is real and differs from run to run.

            | figure | {string.Join(" | ", all.Select(a => a.Run.Peer.Name()))} |
            |---|{string.Concat(Enumerable.Repeat("---|", all.Count))}

            """);
        Row("faults done", a => Count(a.Run.Faults.Count(f => f.WasDone)));
        Row("overlaps: two at work", a => Count(a.Figures.Overlaps.Count));
        Row("longest overlap", a => Summary.Seconds(a.Figures.LongestOverlap));
        Row("time without a leader", a => Summary.Seconds(a.Figures.Whole - a.Figures.WholeWorked));
        Row("the longest of it", a => Summary.Seconds(a.Figures.LongestGap));
        Row("someone works, of fault-free time", a => a.Figures.Availability.ToString("P2", CultureInfo.InvariantCulture));
        Row("fault-free time", a => Summary.Seconds(a.Figures.FaultFree));
        Row("stuck elections", a => Count(a.Figures.Stuck.Count));
        Row("processes that ended by themselves", a => Count(a.Run.Exits.Count));
        return text.ToString();

        void Row(string name, Func<(RunRecord Run, Figures Figures), string> figure) =>
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", all.Select(figure))} |\n");
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
