using System.Globalization;
using System.Text;
using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Plans;

namespace LeaseElection.Chaos.Reports;

/// <summary>A run in words and figures, as Markdown.</summary>
internal static class Summary
{
    private const int MostListed = 50;

    public static string Write(RunRecord run, Figures figures, Verdict? verdict)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Chaos: {run.Peer.Name()}, {run.Time.Length.TotalMinutes:0.0} minutes, seed {run.Seed}

            `eng/chaos.sh --peer {run.Peer.Name()} --minutes {run.Length.TotalMinutes:0.##} --seed {run.Seed} --lease {run.Timings.Lease.TotalSeconds:0}`

            Five workers on a kube-apiserver and etcd of their own; LeaseDuration {Seconds(run.Timings.Lease)}, the rest in proportion to 15, 10 and 2 s.

            **{Result(verdict)}**

            | figure | |
            |---|---|
            | faults | {run.Faults.Count(f => f.WasDone)} (planned {run.Faults.Count}) |
            | two at work: how often, longest | {figures.Overlaps.Count}, {Seconds(figures.LongestOverlap)} |
            | run, of which someone works | {Seconds(figures.Whole)}, {figures.WholeWorked / figures.Whole:P1} |
            | faults under way | {Seconds(figures.Faulty)} |
            | recovery: after each fault 4/3 LeaseDuration + 2 s = {Seconds(run.Timings.Recovery)} | {Seconds(figures.Recovery)} |
            | fault-free, of which someone works | {Seconds(figures.FaultFree)}, {figures.Availability:P2} |
            | time without a leader: all of it, longest, in fault-free time | {Seconds(figures.Whole - figures.WholeWorked)}, {Seconds(figures.LongestGap)}, {Seconds(figures.FaultFree - figures.FaultFreeWorked)} |
            | stuck elections (nobody works in {Seconds(run.Timings.Lease * 2)} of fault-free time on end) | {figures.Stuck.Count} |
            | processes that ended by themselves | {run.Exits.Count} |
            | writes that the fenced store took, refused | {run.Accepted}, {run.Refused.Count}{(run.Peer is Peer.Ours ? "" : " (this elector gives no fencing token)")} |

            """);
        if (verdict is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                | terms; their tokens | {verdict.Terms}; {(verdict.Violations.Any(v => v.Contains("token", StringComparison.Ordinal)) ? "see below" : "each larger than all before")} |
                | lines of frozen workers that were past their check, inside another's term; refused by the store | {verdict.ToldApart.Count}; {verdict.ToldApartRefused} |

                """);
        }

        List(text, "Violations", verdict?.Violations ?? []);
        List(text, "Past their check: superseded tokens", verdict?.ToldApart.Select(line => line.ToString()) ?? []);
        List(text, "Refused by the fenced store", run.Refused.OrderBy(line => line.MonotonicNs).Select(line => line.ToString()));
        List(text, "Two at work", figures.Overlaps.Select(o => string.Create(
            CultureInfo.InvariantCulture, $"{At(run, o.Span.FromNs)}: {o.One} and {o.Other}, {o.Span.Length.TotalMilliseconds:0} ms")));
        List(
            text, "Stuck",
            figures.Stuck.Select(g => string.Create(CultureInfo.InvariantCulture, $"{At(run, g.FromNs)}: {Seconds(g.Length)}")));
        List(text, "Ended by themselves", run.Exits.Select(e => string.Create(
            CultureInfo.InvariantCulture, $"{At(run, e.AtNs)}: {e.Worker}, exit code {e.Code}: {e.LastError}")));
        Kinds(text, run);
        return text.ToString();
    }

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    private static string Result(Verdict? verdict) => verdict switch
    {
        null => "No verdict: others promise other things. The figures are measured as for ours.",
        { Violations: [] } => "All held: never two at work, but for what is told apart below.",
        _ => string.Create(CultureInfo.InvariantCulture, $"VIOLATED: {verdict.Violations.Count}, see below."),
    };

    private static string At(RunRecord run, long ns) =>
        string.Create(CultureInfo.InvariantCulture, $"{(ns - run.Time.FromNs) / 1e9:0.0} s");

    private static void List(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        foreach (var line in all.Take(MostListed))
            text.Append(CultureInfo.InvariantCulture, $"- {line}\n");
        if (all.Count > MostListed)
            text.Append(CultureInfo.InvariantCulture, $"- and {all.Count - MostListed} more\n");
    }

    private static void Kinds(StringBuilder text, RunRecord run)
    {
        text.Append("\n## Faults\n\n| kind | done | not done |\n|---|---|---|\n");
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            var of = run.Faults.Where(f => f.Planned.Kind == kind).ToList();
            text.Append(CultureInfo.InvariantCulture, $"| {kind} | {of.Count(f => f.WasDone)} | {of.Count(f => !f.WasDone)} |\n");
        }
    }
}
