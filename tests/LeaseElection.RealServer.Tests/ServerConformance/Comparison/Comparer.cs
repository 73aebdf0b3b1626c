using System.Text;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>Compares two plays of one case.</summary>
internal static class Comparer
{
    /// <summary>What the two servers say differently, for people to read; empty where they agree.</summary>
    public static string Differences(string name, IReadOnlyList<Exchange> real, IReadOnlyList<Exchange> embedded)
    {
        var text = new StringBuilder();
        foreach (var (there, here) in Normaliser.Normalise(real).Zip(Normaliser.Normalise(embedded)))
        {
            var listed = ListedDifferences.Answers.Any(a => a.Case == name && a.Step == there.Step);
            var difference = Difference(there.Lines, here.Lines);
            if (listed && difference.Length == 0)
                text.Append($"--- step {there.Step} agrees: take it off the list\n");
            else if (!listed && difference.Length > 0)
                text.Append($"--- step {there.Step}: {Transcript.Shorten(there.Request)}\n{difference}");
        }

        return text.ToString();
    }

    private static string Difference(IReadOnlyList<string> real, IReadOnlyList<string> embedded)
    {
        if (real.SequenceEqual(embedded))
            return "";
        var lines = Only("real    ", real, embedded) + Only("embedded", embedded, real);
        return lines.Length > 0 ? lines : $"  the same lines, in another order or number: {real.Count} there, {embedded.Count} here\n";
    }

    private static string Only(string server, IEnumerable<string> lines, IEnumerable<string> others) =>
        string.Concat(lines.Except(others).Select(line => $"  {server} {Transcript.Shorten(line)}\n"));
}
