using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.Reports;

/// <summary>What a run leaves behind: summary, picture, and every line that anybody said.</summary>
internal static class Files
{
    public static async Task<string> WriteAsync(string folder, RunRecord run, Figures figures, Verdict? verdict)
    {
        Directory.CreateDirectory(folder);
        var name = FormattableString.Invariant($"{run.Peer.Name()}-{run.Seed}");
        var summary = Path.Combine(folder, $"{name}.md");
        await File.WriteAllTextAsync(summary, Summary.Write(run, figures, verdict));
        var title = FormattableString.Invariant($"{run.Peer.Name()}, seed {run.Seed}, {run.Time.Length.TotalMinutes:0.0} minutes, LeaseDuration {run.Timings.Lease.TotalSeconds:0} s");
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.svg"), Timeline.Draw(run, title, figures.Overlaps));
        await WriteLinesAsync(
            Path.Combine(folder, $"{name}.log"),
            run.Lanes,
            run.Faults.Select(f => FormattableString.Invariant($"fault {f.FromNs} to {f.ToNs}: {f.Planned} lane {f.Lane} {f.Outcome}")));
        return summary;
    }

    /// <summary>Writes what all workers said, in order of time, and what else there is to say.</summary>
    public static Task WriteLinesAsync(string path, IEnumerable<IReadOnlyList<WorkerHistory>> lanes, IEnumerable<string> also) =>
        File.WriteAllLinesAsync(
        path,
        lanes.SelectMany(lane => lane).SelectMany(worker => worker.Lines.Select(line => (worker.Name, Line: line)))
            .OrderBy(said => said.Line.MonotonicNs).Select(said => $"{said.Name} {said.Line}")
            .Concat(also));
}
