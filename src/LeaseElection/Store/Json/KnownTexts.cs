using System.Text.Json;

namespace LeaseElection.Store.Json;

/// <summary>What a Lease probably says, because we wrote it: the reader then reuses our own strings.</summary>
internal readonly record struct KnownTexts(string? Uid, string? Mark, string? Holder, string? Application = null)
{
    /// <summary>A text under its name; the known string, where it is equal.</summary>
    public static string Read(JsonElement value, ReadOnlySpan<byte> name, string? known) =>
        known is not null && value.ValueKind == JsonValueKind.String && value.ValueEquals(known) ? known : value.Text(name);
}
