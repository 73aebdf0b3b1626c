using System.Text;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>Compares two plays of one case.</summary>
internal static class Comparer
{
    /// <summary>What the two servers say differently, for people to read; empty where they agree.</summary>
    /// <param name="real">What the real one said.</param>
    /// <param name="embedded">What the embedded one said.</param>
    /// <param name="listed">The steps that must differ.</param>
    /// <param name="open">The steps that are not compared.</param>
    public static string Differences(
        IReadOnlyList<Exchange> real, IReadOnlyList<Exchange> embedded, IEnumerable<int> listed, IEnumerable<int>? open = null)
    {
        var text = new StringBuilder();
        foreach (var (there, here) in Normaliser.Normalise(real).Zip(Normaliser.Normalise(embedded)))
        {
            if (open?.Contains(there.Step) == true)
                continue;
            var isListed = listed.Contains(there.Step);
            var difference = Difference(there.Lines, here.Lines);
            if (isListed && difference.Length == 0)
                text.Append($"--- step {there.Step} agrees: take it off the list\n");
            else if (!isListed && difference.Length > 0)
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
