using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Texts;

/// <summary>Values as Go prints them in messages.</summary>
internal static class Go
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>A list of texts.</summary>
    public static string Texts(IEnumerable<string> texts) => $"[]string{{{string.Join(", ", texts.Select(Quote))}}}";

    /// <summary>A value in the message of a field's error: as JSON, unless it is a text or a number.</summary>
    public static string Json(JsonNode node) => node.ToJsonString(Relaxed);

    /// <summary>A value of YAML, as <c>%#v</c> prints it.</summary>
    public static string Syntax(JsonNode? node) => node switch
    {
        null => "interface {}(nil)",
        JsonObject map => $"map[interface {{}}]interface {{}}{{{string.Join(", ", map.Select(p => $"{Quote(p.Key)}:{Syntax(p.Value)}"))}}}",
        JsonArray list => $"[]interface {{}}{{{string.Join(", ", list.Select(Syntax))}}}",
        _ when node.GetValueKind() == JsonValueKind.String => Quote(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    /// <summary>A value of JSON, as <c>%v</c> prints it.</summary>
    public static string Value(JsonNode? node) => node switch
    {
        null => "<nil>",
        JsonObject map => $"map[{string.Join(' ', Sorted(map).Select(p => $"{p.Key}:{Value(p.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(Value))}]",
        _ => node.ToString(),
    };

    /// <summary>A value of JSON, as <c>%s</c> prints it: for texts alone that is what it was made for.</summary>
    public static string Text(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "%!s(<nil>)",
        JsonValueKind.Number when node.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E') => $"%!s(float64={node})",
        JsonValueKind.Number => $"%!s(int64={node})",
        JsonValueKind.True or JsonValueKind.False => $"%!s(bool={node})",
        _ => Value(node),
    };

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

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Sorted(JsonObject map) => map.OrderBy(p => p.Key, StringComparer.Ordinal);
}
