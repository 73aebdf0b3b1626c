using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>
/// What is compared in the place of a listed field. What has not the expected form stands for itself, so that it differs.
/// </summary>
internal static partial class Stand
{
    public static JsonNode? Uid(FieldValue value) => value.Text is { } uid ? value.Symbols.Uid(uid) : value.Copy();

    /// <summary>An object's rank. A list's and a bookmark's is the whole server's: only not older than the items.</summary>
    public static JsonNode? Version(FieldValue value)
    {
        var whole = value.Parent.Parent as JsonObject;
        if (whole?["items"] is JsonArray items)
            return OfAll(value, items);
        if (whole?["rows"] is JsonArray rows)
            return OfAll(value, rows.Select(r => r?["object"]));
        return value.Parent["creationTimestamp"] is null ? OfAll(value, []) : value.Symbols.Version(value.Text) ?? value.Copy();
    }

    public static JsonNode? Time(FieldValue value) =>
        DateTimeOffset.TryParseExact(
            value.Text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? "(a whole second)"
            : value.Copy();

    /// <summary>Those of a list that the embedded server has as well.</summary>
    public static JsonNode? Only(FieldValue value, string property, string text) =>
        value.Node is JsonArray items && items.All(i => i is JsonObject)
            ? new JsonArray([.. items.Where(i => i![property]?.ToString() == text).Select(i => i!.DeepClone())])
            : value.Copy();

    public static JsonNode? Resources(FieldValue value) =>
        value.Parent["groupVersion"]?.ToString() == "v1" ? Only(value, "name", "namespaces") : value.Copy();

    public static JsonNode? Paths(FieldValue value) =>
        value.Node is JsonArray { Count: > 0 } paths && paths.All(p => p?.ToString() is ['/', ..]) ? "(paths)" : value.Copy();

    public static JsonNode? Address(FieldValue value) =>
        value.Text?.StartsWith("127.0.0.1:", StringComparison.Ordinal) == true ? "(its address)" : value.Copy();

    public static JsonNode? OfTheBuild(FieldValue value) => value.Text is null ? value.Copy() : "(its own)";

    public static JsonNode? Cells(FieldValue value)
    {
        var cells = value.Copy();
        if (cells is JsonArray { Count: > 0 } array && array[^1] is JsonValue age && Age().IsMatch(age.ToString()))
            array[^1] = "(an age in seconds)";
        return cells;
    }

    private static JsonNode? OfAll(FieldValue value, IEnumerable<JsonNode?> items)
    {
        if (value.Text is not { Length: > 0 } version)
            return value.Copy();
        return Symbols.IsNotOlder(version, items) ? "(not older than the items)" : "(older than an item, or no number)";
    }

    [GeneratedRegex("^[0-9]+s$")]
    private static partial Regex Age();
}
