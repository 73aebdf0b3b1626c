using System.Buffers.Text;
using System.Text.Json;
using LeaseElection.Leases;

namespace LeaseElection.Store.Json;

/// <summary>Writes the bodies of creates and updates. One elector sends one write at a time, so one spare buffer is enough.</summary>
/// <param name="namespace">The Lease's namespace.</param>
/// <param name="name">The Lease's name.</param>
/// <param name="labels">What a Lease that we create is labelled with.</param>
/// <param name="application">What the Lease says of whose election its holder is; null: nothing.</param>
internal sealed class LeaseWriter(string @namespace, string name, IReadOnlyDictionary<string, string> labels, string? application = null)
{
    private const int LongestVersion = 20;

    private LeaseBody? _spare;

    public LeaseBody Write(in LeaseWrite write)
    {
        var body = Interlocked.Exchange(ref _spare, null) ?? new();
        body.Clear(); // A write that could not be written may have left something.
        if (!write.IsCreate && write.Rest is LeaseText { Places: { } places } read && !ChangesApplication(read, write))
        {
            WriteBetween(body, read.Json.Span, places, write);
            return body;
        }

        var writer = body.Writer;
        writer.WriteStartObject();
        if (!write.IsCreate && write.Rest is LeaseText text)
            WriteAsRead(writer, text, write);
        else
            WriteFresh(writer, write);
        writer.WritePropertyName("spec"u8);
        LeaseSpecJson.Write(writer, write.Spec);
        writer.WriteEndObject();
        writer.Flush();
        return body;
    }

    /// <summary>
    /// Takes back a body that no request reads any more. The body of a request that was given up is not taken back,
    /// because it may still be being sent.
    /// </summary>
    public void Reuse(LeaseBody body) => Volatile.Write(ref _spare, body);

    // Only what makes or keeps us the holder says whose we are; a release leaves what it finds.
    private bool ChangesApplication(LeaseText? read, in LeaseWrite write) =>
        application is not null && write.Spec.HasHolder && read?.Application != application;

    // The usual case: copies what is between the values that change.
    private static void WriteBetween(LeaseBody body, ReadOnlySpan<byte> json, in LeaseJsonOffsets places, in LeaseWrite write)
    {
        body.Copy(json[..places.Uid.Start]);
        body.Writer.WriteStringValue(write.Uid);
        body.Copy(json[places.Uid.End..places.Version.Start]);
        Span<byte> digits = stackalloc byte[LongestVersion];
        body.Writer.WriteStringValue(Digits(write.Version, digits));
        body.Copy(json[places.Version.End..places.Mark.Start]);
        body.Writer.WriteStringValue(write.Mark);
        body.Copy(json[places.Mark.End..places.Spec.Start]);
        LeaseSpecJson.Write(body.Writer, write.Spec);
        body.Copy(json[places.Spec.End..]);
    }

    // A Lease without a mark, without a spec, or in an order of its own.
    private void WriteAsRead(Utf8JsonWriter writer, LeaseText text, in LeaseWrite write)
    {
        using var document = JsonDocument.Parse(text.Json, LeaseJson.Reading);
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (field.NameEquals("metadata"u8))
                WriteMetadata(writer, field.Value, write, ChangesApplication(text, write));
            else if (!field.NameEquals("spec"u8))
                field.WriteTo(writer);
        }
    }

    private void WriteMetadata(Utf8JsonWriter writer, JsonElement metadata, in LeaseWrite write, bool changesApplication)
    {
        writer.WriteStartObject("metadata"u8);
        foreach (var field in metadata.EnumerateObject())
        {
            if (field.NameEquals("uid"u8) || field.NameEquals("resourceVersion"u8) || field.NameEquals("annotations"u8))
                continue;
            field.WriteTo(writer);
        }

        WritePrecondition(writer, write);
        WriteAnnotations(writer, metadata.GetObject("annotations"u8), write.Mark, changesApplication);
        writer.WriteEndObject();
    }

    private void WriteFresh(Utf8JsonWriter writer, in LeaseWrite write)
    {
        writer.WriteString("apiVersion"u8, LeaseJson.ApiVersion);
        writer.WriteString("kind"u8, LeaseJson.Kind);
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("name"u8, name);
        writer.WriteString("namespace"u8, @namespace);
        if (labels.Count > 0)
        {
            writer.WriteStartObject("labels"u8);
            foreach (var (label, value) in labels)
                writer.WriteString(label, value);
            writer.WriteEndObject();
        }

        if (!write.IsCreate)
            WritePrecondition(writer, write);
        WriteAnnotations(writer, null, write.Mark, ChangesApplication(null, write));
        writer.WriteEndObject();
    }

    // S4. Without the uid an update would re-create a deleted Lease; without the version it is refused.
    private static void WritePrecondition(Utf8JsonWriter writer, in LeaseWrite write)
    {
        writer.WriteString("uid"u8, write.Uid);
        Span<byte> digits = stackalloc byte[LongestVersion];
        writer.WriteString("resourceVersion"u8, Digits(write.Version, digits));
    }

    private static ReadOnlySpan<byte> Digits(long version, Span<byte> buffer)
    {
        Utf8Formatter.TryFormat(version, buffer, out var length);
        return buffer[..length];
    }

    private void WriteAnnotations(Utf8JsonWriter writer, JsonElement? others, string mark, bool changesApplication)
    {
        writer.WriteStartObject("annotations"u8);
        if (others is { } annotations)
        {
            foreach (var annotation in annotations.EnumerateObject())
            {
                if (!annotation.NameEquals(LeaseJson.MarkName)
                    && !(changesApplication && annotation.NameEquals(LeaseJson.ApplicationName)))
                    annotation.WriteTo(writer);
            }
        }

        writer.WriteString(LeaseJson.MarkName, mark);
        if (changesApplication)
            writer.WriteString(LeaseJson.ApplicationName, application);
        writer.WriteEndObject();
    }
}
