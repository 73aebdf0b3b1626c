using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Objects;

/// <summary>
/// Reads JSON into the fields that a type has, as Go's decoder would: nulls and unknown fields go, wrong types are refused.
/// </summary>
internal sealed class Decoder
{
    private readonly Strictness? _strictness;
    private string? _wrong;

    private Decoder(Strictness? strictness) => _strictness = strictness;

    /// <summary>The object with known fields only, in their order.</summary>
    /// <param name="source">What is read; null is nothing.</param>
    /// <param name="schema">The fields.</param>
    /// <param name="strictness">Gets what is overlooked.</param>
    /// <exception cref="ApiException">It or a field has a wrong type (400). The message is Go's.</exception>
    public static JsonObject Decode(JsonNode? source, Schema schema, Strictness? strictness = null)
    {
        var decoder = new Decoder(strictness);
        var result = source is null or JsonObject
            ? decoder.Object(source as JsonObject ?? [], schema, "")
            : throw Refusal($"json: cannot unmarshal {Json.Kind(source)} into Go value of type {schema.Go}");
        // Go reads on to the end when a type is wrong; a time that it cannot read ends it.
        return decoder._wrong is null ? result : throw Refusal(decoder._wrong);
    }

    private JsonObject Object(JsonObject source, Schema schema, string path)
    {
        var values = new Dictionary<string, JsonNode?>();
        foreach (var (name, node) in source)
        {
            var inner = Json.Path(path, name);
            if (schema.Find(name) is not { } field)
            {
                _strictness?.Unknown(inner);
                continue;
            }

            _strictness?.Known(inner);
            if (node is not null)
                values[name] = Value(node, new(schema, field, inner));
        }

        var result = new JsonObject();
        foreach (var field in schema.Fields)
        {
            if (values.GetValueOrDefault(field.Name) is { } value)
                result[field.Name] = value;
            else if (field.Type == FieldType.Object)
                result[field.Name] = new JsonObject();
        }

        return result;
    }

    // null: nothing to keep.
    private JsonNode? Value(JsonNode node, Place at)
    {
        var field = at.Field;
        return field.Type switch
        {
            FieldType.Ignored => null,
            FieldType.Text => Text(node, at, at.Field.TypeName) is { } text && (text.Length > 0 || field.KeepsZero) ? text : null,
            FieldType.Flag => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? node.DeepClone() : Wrong(node, at),
            FieldType.Int32 => Whole(node, at, int.MinValue, int.MaxValue),
            FieldType.Int64 => Whole(node, at, long.MinValue, long.MaxValue),
            FieldType.Time => Timestamps.Seconds(Time(node, at, micros: false)),
            FieldType.MicroTime => Timestamps.Micros(Time(node, at, micros: true)),
            FieldType.TextMap => node is JsonObject map ? Map(map, at) : Wrong(node, at),
            FieldType.TextList => List(node, at, (item, _) => Text(item, at, "string")),
            FieldType.ObjectList => List(node, at, (item, path) => item is null or JsonObject
                ? Object(item as JsonObject ?? [], field.Of!, path)
                : Wrong(item, at, field.Of!.Go)),
            _ => node is JsonObject inner ? Object(inner, field.Of!, at.Path) : Wrong(node, at),
        };
    }

    private string? Text(JsonNode? node, Place at, string type)
    {
        if (node is null)
            return "";
        if (node.GetValueKind() == JsonValueKind.String)
            return node.GetValue<string>();
        Wrong(node, at, type);
        return null;
    }

    private JsonNode? Whole(JsonNode node, Place at, long least, long most)
    {
        if (node.GetValueKind() != JsonValueKind.Number)
            return Wrong(node, at);
        var text = node.ToJsonString();
        var isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole);
        if (!isWhole || whole < least || whole > most)
            return Wrong($"number {text}", at, at.Field.TypeName);
        return whole != 0 || at.Field.KeepsZero ? whole : null;
    }

    private static DateTimeOffset Time(JsonNode node, Place at, bool micros)
    {
        if (node.GetValueKind() != JsonValueKind.String)
            throw Refusal(at.Message(Json.Kind(node), "string"));
        try
        {
            return GoTime.Parse(node.GetValue<string>(), micros);
        }
        catch (FormatException error)
        {
            throw Refusal(error.Message);
        }
    }

    private JsonObject? Map(JsonObject map, Place at)
    {
        foreach (var (key, _) in map)
            _strictness?.Known(Json.Path(at.Path, key));
        var result = new JsonObject();
        foreach (var (key, value) in map.OrderBy(p => p.Key, StringComparer.Ordinal))
            result[key] = Text(value, at, "string");
        return result.Count > 0 ? result : null;
    }

    private JsonNode? List(JsonNode node, Place at, Func<JsonNode?, string, JsonNode?> item)
    {
        if (node is not JsonArray list)
            return Wrong(node, at);
        return list.Count > 0 ? new JsonArray([.. list.Select((one, i) => item(one, Json.Path(at.Path, i)))]) : null;
    }

    private JsonNode? Wrong(JsonNode node, Place at, string? type = null) => Wrong(Json.Kind(node), at, type ?? at.Field.TypeName);

    private JsonNode? Wrong(string kind, Place at, string type)
    {
        _wrong ??= at.Message(kind, type);
        return null;
    }

    private static ApiException Refusal(string message) => new(ApiStatus.BadRequest(message));

    /// <summary>Where the decoder is.</summary>
    private sealed record Place(Schema Of, Field Field, string Path)
    {
        // Go does not say which item of a list it is.
        public string Message(string kind, string type) =>
            $"json: cannot unmarshal {kind} into Go struct field {Of.Name}.{WithoutIndexes()} of type {type}";

        private string WithoutIndexes() =>
            string.Concat(Path.Split('[').Select((part, i) => i == 0 ? part : part[(part.IndexOf(']', StringComparison.Ordinal) + 1)..]));
    }
}
