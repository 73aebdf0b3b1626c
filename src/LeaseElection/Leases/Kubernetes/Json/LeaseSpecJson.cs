using System.Buffers;
using System.Text;
using System.Text.Json;
using LeaseElection.Election;

namespace LeaseElection.Leases.Kubernetes;

/// <summary>A Lease's spec: five fields that we know, and whatever else there is, kept (S3: all of it makes a record the same).</summary>
internal static class LeaseSpecJson
{
    private static ReadOnlySpan<byte> Holder => "holderIdentity"u8;

    private static ReadOnlySpan<byte> Duration => "leaseDurationSeconds"u8;

    private static ReadOnlySpan<byte> Acquired => "acquireTime"u8;

    private static ReadOnlySpan<byte> Renewed => "renewTime"u8;

    private static ReadOnlySpan<byte> Transitions => "leaseTransitions"u8;

    public static LeaseSpec Read(JsonElement? spec) => spec is not { } fields
        ? default
        : new()
        {
            HolderIdentity = fields.GetText(Holder),
            LeaseDurationSeconds = Integer(fields, Duration),
            AcquireTime = Time(fields, Acquired),
            RenewTime = Time(fields, Renewed),
            LeaseTransitions = Integer(fields, Transitions),
            Extra = Extra(fields),
        };

    public static void Write(Utf8JsonWriter writer, in LeaseSpec spec)
    {
        writer.WriteStartObject();
        if (spec.HolderIdentity is { } holder)
            writer.WriteString(Holder, holder);
        if (spec.LeaseDurationSeconds is { } seconds)
            writer.WriteNumber(Duration, seconds);
        if (spec.AcquireTime is { } acquired)
            writer.WriteString(Acquired, acquired.ToString());
        if (spec.RenewTime is { } renewed)
            writer.WriteString(Renewed, renewed.ToString());
        if (spec.LeaseTransitions is { } transitions)
            writer.WriteNumber(Transitions, transitions);
        if (spec.Extra is { } extra)
        {
            using var document = JsonDocument.Parse(extra, LeaseJson.Reading);
            foreach (var field in document.RootElement.EnumerateObject())
                field.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static int? Integer(JsonElement spec, ReadOnlySpan<byte> name) => spec.Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        _ => throw LeaseJson.NotA("32-bit integer", name),
    };

    // A time that we cannot read is refused, not dropped: two different renewals must never look the same (S3).
    private static MicroTime? Time(JsonElement spec, ReadOnlySpan<byte> name) => spec.GetText(name) switch
    {
        null => null,
        var text when MicroTime.TryParse(text, out var time) => time,
        _ => throw LeaseJson.NotA("time", name),
    };

    private static string? Extra(JsonElement spec)
    {
        if (!spec.EnumerateObject().Any(IsExtra))
            return null;
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, LeaseJson.Writing))
        {
            writer.WriteStartObject();
            foreach (var field in spec.EnumerateObject().Where(IsExtra))
                field.WriteTo(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    // The server drops nulls, so a record must be the same with and without them.
    private static bool IsExtra(JsonProperty field) => !IsKnown(field) && field.Value.ValueKind != JsonValueKind.Null;

    private static bool IsKnown(JsonProperty field) =>
        field.NameEquals(Holder) || field.NameEquals(Duration) || field.NameEquals(Acquired) || field.NameEquals(Renewed)
        || field.NameEquals(Transitions);
}
