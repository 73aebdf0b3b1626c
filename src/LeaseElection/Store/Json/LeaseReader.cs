using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using LeaseElection.Leases;

namespace LeaseElection.Store.Json;

/// <summary>Reads a Lease. What cannot be understood is refused as a whole: half a record must never be believed.</summary>
internal static class LeaseReader
{
    private const int LongestShown = 64;

    /// <summary>Reads an answer's body.</summary>
    /// <param name="json">The body. Kept, not copied: the caller must not change it afterwards.</param>
    /// <param name="name">The name that the Lease must have.</param>
    /// <param name="lease">What was read.</param>
    /// <param name="why">Why it cannot be understood; null when it can.</param>
    /// <param name="known">What it probably says.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> json, string name, out LeaseSnapshot lease, [NotNullWhen(false)] out string? why, KnownTexts known = default)
    {
        try
        {
            using var document = JsonDocument.Parse(json, LeaseJson.Reading);
            lease = Read(document.RootElement, TextOf(document.RootElement, json), known);
            why = IsNamed(document.RootElement, name) ? null : $"it is the Lease '{NameOf(document.RootElement)}'";
        }
        catch (Exception e) when (LeaseJson.IsFault(e))
        {
            (lease, why) = (default, e.Message);
        }

        return why is null;
    }

    // Without the white space around it.
    private static ReadOnlyMemory<byte> TextOf(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var raw = JsonMarshal.GetRawUtf8Value(root);
        json.Span.Overlaps(raw, out var start);
        return json.Slice(start, raw.Length);
    }

    private static bool IsNamed(JsonElement lease, string name) =>
        lease.GetObject("metadata"u8)?.Get("name"u8) is { ValueKind: JsonValueKind.String } found && found.ValueEquals(name);

    public static string? NameOf(JsonElement lease) => lease.GetObject("metadata"u8)?.GetText("name"u8);

    /// <summary>Reads one Lease. Throws what <see cref="LeaseJson.IsFault"/> knows.</summary>
    /// <param name="lease">The Lease as parsed.</param>
    /// <param name="text">The same as text, from its first byte to its last.</param>
    /// <param name="known">What it probably says.</param>
    public static LeaseSnapshot Read(JsonElement lease, ReadOnlyMemory<byte> text, KnownTexts known = default)
    {
        if (lease.ValueKind != JsonValueKind.Object
            || lease.Get("kind"u8) is not { ValueKind: JsonValueKind.String } kind
            || !kind.ValueEquals(LeaseJson.Kind))
            throw new JsonException("it is not a Lease");
        var metadata = lease.GetObject("metadata"u8) ?? throw new JsonException("it has no metadata");
        var annotations = metadata.GetObject("annotations"u8);
        var application = annotations?.Get(LeaseJson.ApplicationName) is { ValueKind: JsonValueKind.String } note
            ? KnownTexts.Read(note, LeaseJson.ApplicationName, known.Application)
            : null;
        return new()
        {
            Uid = metadata.Get("uid"u8) is { } value && KnownTexts.Read(value, "uid"u8, known.Uid) is { Length: > 0 } uid
                ? uid
                : throw new JsonException("it has no uid"),
            Version = VersionOf(metadata),
            Spec = LeaseSpecJson.Read(lease.GetObject("spec"u8), known.Holder),
            Mark = annotations?.Get(LeaseJson.MarkName) is { } mark
                ? KnownTexts.Read(mark, LeaseJson.MarkName, known.Mark)
                : null,
            Application = application,
            Rest = new LeaseText(text, LeaseJsonOffsets.Find(lease), application),
        };
    }

    /// <summary>The resourceVersion of some metadata, a positive integer (KEP-5504).</summary>
    public static long VersionOf(JsonElement metadata)
    {
        var found = metadata.Get("resourceVersion"u8);
        return found is { ValueKind: JsonValueKind.String } text
            && long.TryParse(
                JsonMarshal.GetRawUtf8Value(text).Trim((byte)'"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && version > 0
            ? version
            : throw new JsonException(
                $"its resourceVersion '{Shown(found?.ToString())}' is not a positive integer up to {long.MaxValue}");
    }

    /// <summary>What is wrong with the resourceVersion of a Lease that is well-formed otherwise; null when nothing is.</summary>
    public static string? VersionFault(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, LeaseJson.Reading);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } lease
                || lease.GetText("kind"u8) != LeaseJson.Kind
                || lease.GetObject("metadata"u8) is not { } metadata)
                return null;
            try
            {
                VersionOf(metadata);
                return null;
            }
            catch (JsonException fault)
            {
                return fault.Message;
            }
        }
        catch (Exception e) when (LeaseJson.IsFault(e))
        {
            return null;
        }
    }

    private static string? Shown(string? version) => version?.Length > LongestShown ? $"{version[..LongestShown]}…" : version;
}
