using System.Text.Json.Nodes;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>
/// A field whose value is not compared as it is. <see cref="Name"/> is the end of its dotted path; <see cref="Instead"/> what is
/// compared: null for nothing at all.
/// </summary>
internal sealed record ListedField(string Name, string Reason, Func<FieldValue, JsonNode?> Instead)
{
    public bool IsOf(string path) => path.EndsWith("." + Name, StringComparison.Ordinal);
}

/// <summary>A field's value, and what stands beside it.</summary>
internal sealed record FieldValue(JsonObject Parent, JsonNode? Node, Symbols Symbols)
{
    public string? Text => Node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public JsonNode? Copy() => Node?.DeepClone();
}
