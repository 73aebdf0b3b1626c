using System.Globalization;
using System.Text;

namespace LeaseElection.Connection.Kubeconfigs.Rules;

/// <summary>The headers by which a request acts as somebody else.</summary>
internal static class Impersonation
{
    // What a header's name may have (RFC 9110), but for the percent sign, which begins an escape.
    private const string NameMarks = "!#$&'*+-.^_`|~";

    public static IReadOnlyList<KeyValuePair<string, string>> Headers(UserEntry user)
    {
        if (string.IsNullOrEmpty(user.As))
            return [];
        var headers = new List<KeyValuePair<string, string>> { new("Impersonate-User", user.As) };
        if (!string.IsNullOrEmpty(user.AsUid))
            headers.Add(new("Impersonate-Uid", user.AsUid));
        headers.AddRange(user.AsGroups.Select(static group => KeyValuePair.Create("Impersonate-Group", group)));
        headers.AddRange(
            from extra in user.AsUserExtra
            from value in extra.Value
            select KeyValuePair.Create($"Impersonate-Extra-{Escape(extra.Key)}", value));
        return headers;
    }

    private static string Escape(string key)
    {
        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(key))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || NameMarks.Contains((char)b, StringComparison.Ordinal))
                escaped.Append((char)b);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return escaped.ToString();
    }
}
