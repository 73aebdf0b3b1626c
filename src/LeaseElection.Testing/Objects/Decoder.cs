using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Objects;

/// <summary>
/// Reads JSON into the fields that a type has, as Go's decoder would: nulls and unknown fields go, wrong types are refused.
/// </summary>
internal static class Decoder
{
    /// <summary>The object with known fields only, in their order.</summary>
    /// <exception cref="ApiException">A field has a wrong type (400).</exception>
    public static JsonObject Decode(JsonObject source, Schema schema, string path)
    {
        var result = new JsonObject();
        foreach (var field in schema.Fields)
        {
            var node = source[field.Name];
            if (Value(node, field, $"{path}.{field.Go}") is { } value)
                result[field.Name] = value;
        }

        return result;
    }

    private static JsonNode? Value(JsonNode? node, Field field, string path)
    {
        if (field.Type == FieldType.Ignored)
            return null;
        if (node is null)
            return field is { Type: FieldType.Object } ? new JsonObject() : null;
        return field.Type switch
        {
            FieldType.Text => Text(node, path) is var text && (text.Length > 0 || field.KeepsZero) ? text : null,
            FieldType.Flag when node.GetValueKind() is JsonValueKind.True or JsonValueKind.False => node.DeepClone(),
            FieldType.Flag => throw Wrong(path, "ReadBool: expect t or f", node),
            FieldType.Int32 => Whole(node, path, "ReadInt32", int.MinValue, int.MaxValue),
            FieldType.Int64 => Whole(node, path, "ReadInt64", long.MinValue, long.MaxValue) is var whole && (whole != 0 || field.KeepsZero)
                ? whole
                : null,
            FieldType.Time => Time(Text(node, path), path),
            FieldType.MicroTime => MicroTime(Text(node, path), path),
            FieldType.TextMap => Map(node, path),
            FieldType.TextList => List(node, path, (item, at) => Text(item, at)),
            FieldType.ObjectList => List(node, path, (item, at) => Decode(Object(item, at), field.Of!, at)),
            _ => Decode(Object(node, path), field.Of!, path),
        };
    }

    private static string Text(JsonNode? node, string path) => node switch
    {
        null => "",
        _ when node.GetValueKind() == JsonValueKind.String => node.GetValue<string>(),
        _ => throw Wrong(path, "ReadString: expects \" or n", node),
    };

    private static JsonObject Object(JsonNode? node, string path) => node switch
    {
        null => [],
        JsonObject value => value,
        _ => throw Wrong(path, "readObjectStart: expect { or n", node),
    };

    private static long Whole(JsonNode node, string path, string reader, long least, long most)
    {
        var text = node.ToJsonString();
        if (node.GetValueKind() != JsonValueKind.Number)
            throw Wrong(path, $"{reader}: unexpected character", node);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
            throw Wrong(path, $"{reader}: overflow", node);
        return text.AsSpan().ContainsAny('.', 'e', 'E') ? throw Wrong(path, $"{reader}: can not decode float as int", node) : (long)number;
    }

    private static JsonNode? Time(string text, string path)
    {
        if (text.Length == 0)
            return null;
        return Parse(text, "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK") is { } time
            ? Timestamps.Seconds(time)
            : throw NoTime(path, text, "2006-01-02T15:04:05Z07:00", text, "2006");
    }

    // Go parses against the layout 2006-01-02T15:04:05.000000Z07:00: exactly six digits.
    private static JsonNode MicroTime(string text, string path) =>
        Parse(text, "yyyy-MM-dd'T'HH:mm:ss.ffffffK", "yyyy-MM-dd'T'HH:mm:ss,ffffffK") is { } time && HasZone(text)
            ? Timestamps.Micros(time)
            : throw NoTime(path, text, "2006-01-02T15:04:05.000000Z07:00", MicroTimes.Rest(text), MicroTimes.Layout(text));

    private static DateTimeOffset? Parse(string text, params string[] formats) =>
        DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static ApiException NoTime(string path, string text, string layout, string rest, string part) => new(ApiStatus.BadRequest(
        $"{path}: parsing time {Go.Quote(text)} as {Go.Quote(layout)}: cannot parse {Go.Quote(rest)} as {Go.Quote(part)}"));

    private static bool HasZone(string text) => text.EndsWith('Z') || text[^6] is '+' or '-';

    private static JsonObject? Map(JsonNode node, string path)
    {
        var map = Object(node, path);
        var result = new JsonObject();
        foreach (var (key, value) in map.OrderBy(p => p.Key, StringComparer.Ordinal))
            result[key] = Text(value, path);
        return result.Count > 0 ? result : null;
    }

    private static JsonArray? List(JsonNode node, string path, Func<JsonNode?, string, JsonNode?> item)
    {
        if (node is not JsonArray list)
            throw Wrong(path, "decode slice: expect [ or n", node);
        return list.Count > 0 ? new JsonArray([.. list.Select(i => item(i, path))]) : null;
    }

    private static ApiException Wrong(string path, string what, JsonNode node) =>
        new(ApiStatus.BadRequest($"{path}: {what}, but found {node.ToJsonString()[0]}"));
}
