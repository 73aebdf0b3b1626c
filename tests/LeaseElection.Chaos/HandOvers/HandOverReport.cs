using System.Globalization;
using System.Text;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Reports;

namespace LeaseElection.Chaos.HandOvers;

/// <summary>A run of hand-overs in words and figures, as Markdown.</summary>
internal static class HandOverReport
{
    public static string Write(HandOverRecord run, ChaosOptions options, IReadOnlyList<string> violations)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # {run.HandOvers.Count} hand-overs in mixed company

            `eng/chaos.sh --hand-overs {options.HandOvers} --seed {options.Seed} --lease {options.Lease.TotalSeconds:0}`: {Summary.Seconds(run.Length)} on a kube-apiserver and etcd of their own.
            The worker that works gets a SIGTERM, and is started again once another works.

            **{(violations.Count == 0 ? "Never two at work." : string.Create(CultureInfo.InvariantCulture, $"VIOLATED: {violations.Count}, see below."))}**

            | from | to | how often | median | longest |
            |---|---|---|---|---|

            """);
        foreach (var way in run.HandOvers.GroupBy(h => (h.From, h.To)).OrderBy(g => g.Key))
        {
            var took = way.Select(h => h.Took).Order().ToList();
            text.Append(CultureInfo.InvariantCulture, $"| {way.Key.From.Name()} | {way.Key.To.Name()} | {took.Count} | {Milliseconds(took[took.Count / 2])} | {Milliseconds(took[^1])} |\n");
        }

        foreach (var violation in violations)
            text.Append(CultureInfo.InvariantCulture, $"\n- {violation}");
        return text.ToString();
    }

    /// <summary>Writes the report, and every line that anybody said.</summary>
    /// <returns>Where the report is.</returns>
    public static async Task<string> SaveAsync(string folder, string report, HandOverRecord run, ulong seed)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"hand-overs-{seed}.md"));
        await File.WriteAllTextAsync(path, report);
        await Files.WriteLinesAsync(Path.ChangeExtension(path, "log"), run.Lanes, also: []);
        return path;
    }

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}
