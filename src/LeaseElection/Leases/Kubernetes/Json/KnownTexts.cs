using System.Text.Json;

namespace LeaseElection.Leases.Kubernetes;

/// <summary>What a Lease probably says, because we wrote it: then our own strings serve again.</summary>
internal readonly record struct KnownTexts(string? Uid, string? Mark, string? Holder)
{
    /// <summary>A text; the known one, where it is the same.</summary>
    public static string? Read(JsonElement parent, ReadOnlySpan<byte> name, string? known) =>
        known is not null && parent.Get(name) is { ValueKind: JsonValueKind.String } found && found.ValueEquals(known) ? known : parent.GetText(name);
}
