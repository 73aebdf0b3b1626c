using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LeaseElection.Leases;

namespace LeaseElection.Store.Json;

/// <summary>
/// A Lease's spec: five fields that we know, and all others, kept, because two records are the same only when every field is (S3).
/// </summary>
internal static class LeaseSpecJson
{
    private static ReadOnlySpan<byte> Holder => "holderIdentity"u8;

    private static ReadOnlySpan<byte> Duration => "leaseDurationSeconds"u8;

    private static ReadOnlySpan<byte> Acquired => "acquireTime"u8;

    private static ReadOnlySpan<byte> Renewed => "renewTime"u8;

    private static ReadOnlySpan<byte> Transitions => "leaseTransitions"u8;

    public static LeaseSpec Read(JsonElement? spec, string? knownHolder)
    {
        var read = default(LeaseSpec);
        var hasExtra = false;
        if (spec is not { } fields)
            return read;
        foreach (var field in fields.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Null)
                continue; // The server drops nulls, so a record is the same with and without them.
            if (field.NameEquals(Holder))
                read = read with { HolderIdentity = KnownTexts.Read(field.Value, Holder, knownHolder) };
            else if (field.NameEquals(Duration))
                read = read with { LeaseDurationSeconds = Integer(field.Value, Duration) };
            else if (field.NameEquals(Acquired))
                read = read with { AcquireTime = Time(field.Value, Acquired) };
            else if (field.NameEquals(Renewed))
                read = read with { RenewTime = Time(field.Value, Renewed) };
            else if (field.NameEquals(Transitions))
                read = read with { LeaseTransitions = Integer(field.Value, Transitions) };
            else
                hasExtra = true;
        }

        return hasExtra ? read with { Extra = Extra(fields) } : read;
    }

    public static void Write(Utf8JsonWriter writer, in LeaseSpec spec)
    {
        writer.WriteStartObject();
        if (spec.HolderIdentity is { } holder)
            writer.WriteString(Holder, holder);
        if (spec.LeaseDurationSeconds is { } seconds)
            writer.WriteNumber(Duration, seconds);
        WriteTime(writer, Acquired, spec.AcquireTime);
        WriteTime(writer, Renewed, spec.RenewTime);
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

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, LeaseTime? time)
    {
        if (time is not { } known)
            return;
        if (known.Micro is { } micro)
        {
            Span<byte> text = stackalloc byte[MicroTime.Length];
            writer.WriteString(name, text[..micro.Format(text)]);
        }
        else
        {
            writer.WriteString(name, known.ToString());
        }
    }

    private static int Integer(JsonElement value, ReadOnlySpan<byte> name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw LeaseJson.NotA("32-bit integer", name);

    // A time that we cannot read is kept as text, not dropped: two different renewals must never look the same (S3).
    private static LeaseTime Time(JsonElement value, ReadOnlySpan<byte> name)
    {
        // The form that servers write needs no string. Other clients wrote other forms; without a zone, the JSON
        // reader would take this machine's.
        if (value.ValueKind == JsonValueKind.String
            && JsonMarshal.GetRawUtf8Value(value).EndsWith("Z\""u8)
            && value.TryGetDateTimeOffset(out var written)
            && MicroTime.TryFrom(written, out var time))
            return time;
        return LeaseTime.Read(value.Text(name));
    }

    private static string Extra(JsonElement spec)
    {
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

    private static bool IsExtra(JsonProperty field) => !IsKnown(field) && field.Value.ValueKind != JsonValueKind.Null;

    private static bool IsKnown(JsonProperty field) =>
        field.NameEquals(Holder) || field.NameEquals(Duration) || field.NameEquals(Acquired) || field.NameEquals(Renewed)
        || field.NameEquals(Transitions);
}
