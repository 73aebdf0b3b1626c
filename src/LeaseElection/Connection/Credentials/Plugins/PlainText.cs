using System.Text;
using System.Text.RegularExpressions;

namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>Text of others as one line of a message: without colours, line breaks and what else would change a terminal or a log.</summary>
internal static partial class PlainText
{
    private const int MostLines = 5;

    public static string Of(string text, int most)
    {
        var plain = new StringBuilder();
        foreach (var c in Colours().Replace(text, "").Trim())
            plain.Append(char.IsControl(c) ? ' ' : c);
        return plain.Length <= most ? plain.ToString() : plain.ToString(0, most) + "…";
    }

    /// <summary>The last lines, where programs say what went wrong.</summary>
    public static string EndOf(string text, int most)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var plain = lines.TakeLast(MostLines).Select(static line => Of(line, int.MaxValue)).Where(static line => line.Length > 0);
        var end = string.Join(" / ", plain);
        return end.Length <= most ? end : "…" + end[^most..];
    }

    [GeneratedRegex(@"\x1B(\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07)")]
    private static partial Regex Colours();
}
