using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Texts;

/// <summary>Reads JSON as leniently as Go does.</summary>
internal static class Json
{
    /// <summary>
    /// How many objects and arrays may be within each other: more than a Lease needs, and few enough for code that calls itself.
    /// </summary>
    public const int Deepest = 64;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = true, MaxDepth = Deepest };

    /// <summary>The last of properties with one name counts; halves of surrogate pairs become U+FFFD.</summary>
    /// <param name="text">The text.</param>
    /// <param name="doubled">Gets the paths of properties that there are twice.</param>
    /// <exception cref="JsonException">Not JSON; the message is Go's.</exception>
    public static JsonNode? Parse(byte[] text, ISet<string>? doubled = null)
    {
        if (JsonSyntax.Error(text, Deepest) is { } error)
            throw new JsonException(error);
        using var document = JsonDocument.Parse(WithoutLoneSurrogates(text), Options);
        return Copy(document.RootElement, "", doubled);
    }

    /// <summary>What kube-apiserver calls a property within something.</summary>
    public static string Path(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";

    /// <summary>What kube-apiserver calls an item of a list.</summary>
    public static string Path(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");

    /// <summary>The same with the properties of every object in their order.</summary>
    public static JsonNode? Sorted(JsonNode? node)
    {
        if (node is JsonArray list)
            return new JsonArray([.. list.Select(Sorted)]);
        if (node is not JsonObject map)
            return node?.DeepClone();
        return new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value))));
    }

    /// <summary>What Go calls a kind of value.</summary>
    public static string Kind(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "bool",
    };

    /// <summary>How many objects and arrays are within each other.</summary>
    public static int Depth(JsonNode? node) => node switch
    {
        JsonObject map => 1 + map.Select(p => Depth(p.Value)).DefaultIfEmpty().Max(),
        JsonArray list => 1 + list.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static JsonNode? Copy(JsonElement element, string path, ISet<string>? doubled)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var copy = new JsonObject();
                foreach (var property in element.EnumerateObject())
                {
                    if (copy.ContainsKey(property.Name))
                        doubled?.Add(Path(path, property.Name));
                    copy[property.Name] = Copy(property.Value, IsWide(property.Value) ? Path(path, property.Name) : "", doubled);
                }

                return copy;
            case JsonValueKind.Array:
                var items = element.EnumerateArray().Select((item, i) => Copy(item, IsWide(item) ? Path(path, i) : "", doubled));
                return new JsonArray([.. items]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    // What has no properties needs no path: a text may have a million numbers.
    private static bool IsWide(JsonElement element) => element.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static byte[] WithoutLoneSurrogates(byte[] text)
    {
        byte[]? result = null;
        for (var at = text.AsSpan().IndexOf((byte)'\\'); at >= 0 && at + 1 < text.Length;)
        {
            var code = Escape(text, at);
            var isPair = char.IsHighSurrogate((char)code) && char.IsLowSurrogate((char)Escape(text, at + 6));
            if (char.IsSurrogate((char)code) && !isPair)
                "fffd"u8.CopyTo((result ??= (byte[])text.Clone()).AsSpan(at + 2));
            at += isPair ? 12 : 2; // Past the backslash and what it escapes.
            var next = at < text.Length ? text.AsSpan(at).IndexOf((byte)'\\') : -1;
            at = next < 0 ? -1 : at + next;
        }

        return result ?? text;
    }

    // The code of a \uXXXX; 0 where there is none.
    private static int Escape(byte[] text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && Utf8Parser.TryParse(text.AsSpan(at + 2, 4), out int code, out var used, 'x') && used == 4
            ? code
            : 0;
}
