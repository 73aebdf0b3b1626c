using System.Buffers.Text;
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
    /// <exception cref="JsonException">Not JSON.</exception>
    public static JsonNode? Parse(byte[] text)
    {
        using var document = JsonDocument.Parse(WithoutLoneSurrogates(text), Options);
        return Copy(document.RootElement);
    }

    /// <summary>How many objects and arrays are within each other.</summary>
    public static int Depth(JsonNode? node) => node switch
    {
        JsonObject map => 1 + map.Select(p => Depth(p.Value)).DefaultIfEmpty().Max(),
        JsonArray list => 1 + list.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static JsonNode? Copy(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var copy = new JsonObject();
                foreach (var property in element.EnumerateObject())
                    copy[property.Name] = Copy(property.Value);
                return copy;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Copy)]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

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
