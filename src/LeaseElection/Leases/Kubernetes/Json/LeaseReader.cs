using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using LeaseElection.Election;

namespace LeaseElection.Leases.Kubernetes;

/// <summary>Reads a Lease. What cannot be understood is refused as a whole: half a record must never be believed.</summary>
internal static class LeaseReader
{
    /// <summary>Reads an answer's body.</summary>
    /// <param name="json">The body. Kept, not copied: the caller must not change it afterwards.</param>
    /// <param name="name">The name that the Lease must have.</param>
    /// <param name="lease">What was read.</param>
    /// <param name="why">Why it cannot be understood; null when it can.</param>
    public static bool TryRead(ReadOnlyMemory<byte> json, string name, out LeaseSnapshot lease, [NotNullWhen(false)] out string? why)
    {
        try
        {
            using var document = JsonDocument.Parse(json, LeaseJson.Reading);
            lease = Read(document.RootElement, json);
            why = NameOf(document.RootElement) is var found && found == name ? null : $"it is the Lease '{found}'";
        }
        catch (Exception e) when (LeaseJson.IsFault(e))
        {
            (lease, why) = (default, e.Message);
        }

        return why is null;
    }

    public static string? NameOf(JsonElement lease) => lease.GetObject("metadata"u8)?.GetText("name"u8);

    /// <summary>Reads one Lease. Throws what <see cref="LeaseJson.IsFault"/> knows.</summary>
    /// <param name="lease">The Lease as parsed.</param>
    /// <param name="text">The same as text.</param>
    public static LeaseSnapshot Read(JsonElement lease, ReadOnlyMemory<byte> text)
    {
        if (lease.ValueKind != JsonValueKind.Object || lease.GetText("kind"u8) is not LeaseJson.Kind)
            throw new JsonException("it is not a Lease");
        var metadata = lease.GetObject("metadata"u8) ?? throw new JsonException("it has no metadata");
        return new()
        {
            Uid = metadata.GetText("uid"u8) is { Length: > 0 } uid ? uid : throw new JsonException("it has no uid"),
            Version = VersionOf(metadata),
            Spec = LeaseSpecJson.Read(lease.GetObject("spec"u8)),
            Mark = metadata.GetObject("annotations"u8)?.GetText(LeaseJson.MarkName),
            Rest = new LeaseText(text),
        };
    }

    /// <summary>The resourceVersion of some metadata, a positive integer (KEP-5504).</summary>
    public static long VersionOf(JsonElement metadata)
    {
        var text = metadata.GetText("resourceVersion"u8);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
            ? version
            : throw new JsonException($"its resourceVersion '{text}' is not a positive integer");
    }
}
