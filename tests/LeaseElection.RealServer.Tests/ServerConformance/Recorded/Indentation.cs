using System.Text;

namespace LeaseElection.RealServer.Tests.ServerConformance.Recorded;

/// <summary>Gives the lines of a YAML object back the indentation that the recording lost: kube-apiserver writes keys in their order.</summary>
internal static class Indentation
{
    public static string Restore(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        var keys = new Stack<string>();
        var opens = true; // Whether the line before begins a mapping.
        foreach (var line in WithoutManagedFields(lines))
        {
            var key = line.Split(':')[0];
            while (!opens && keys.Count > 1 && string.CompareOrdinal(key, keys.Peek()) <= 0)
                keys.Pop();
            if (!opens)
                keys.Pop();
            keys.Push(key);
            text.Append(' ', 2 * (keys.Count - 1)).Append(line).Append('\n');
            opens = line.EndsWith(':');
        }

        return text.ToString();
    }

    // Their keys have an order of their own, and nobody compares them.
    private static IEnumerable<string> WithoutManagedFields(IEnumerable<string> lines)
    {
        var within = false;
        foreach (var line in lines)
        {
            within |= line == "managedFields:";
            if (!within)
                yield return line;
            within &= !line.StartsWith("time:", StringComparison.Ordinal);
        }
    }
}
