using System.Text;

namespace LeaseElection.Testing.Objects;

/// <summary>Values as Go prints them in messages.</summary>
internal static class Go
{
    /// <summary>Text in quotation marks.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\x7f' => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>What Go says of a text that is no version.</summary>
    public static string NoVersion(string text) => $"strconv.ParseUint: parsing {Quote(text)}: invalid syntax";

    /// <summary>A body, or the beginning of it, as kube-apiserver quotes what it cannot read.</summary>
    public static string Summary(byte[] body)
    {
        const int Most = 30;
        if (body.Length == 0)
            return "<empty>";
        var start = body.AsSpan(0, Math.Min(Most, body.Length));
        var text = body[0] == '{' ? Encoding.UTF8.GetString(start) : Convert.ToHexStringLower(start);
        return body.Length > Most ? text + " ..." : text;
    }
}
