using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LeaseElection.Leases;

namespace LeaseElection.Store.Json;

/// <summary>
/// How Leases are read and written: <see cref="JsonDocument"/> and <see cref="Utf8JsonWriter"/>, so neither reflection nor generated
/// code is needed (Native AOT), and what we do not know is copied as it stands.
/// </summary>
internal static class LeaseJson
{
    public const string ApiVersion = "coordination.k8s.io/v1";

    public const string Kind = "Lease";

    public static readonly byte[] MarkName = Encoding.UTF8.GetBytes(TermMark.Annotation);

    public static readonly byte[] ApplicationName = Encoding.UTF8.GetBytes(ApplicationNote.Annotation);

    // A name that comes twice has no one meaning: two readers could see two holders.
    public static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false };

    // The bodies go to an API server, never into a web page.
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether an exception means that a text is malformed (invalid UTF-8 is an InvalidOperationException).</summary>
    public static bool IsFault(Exception exception) => exception is JsonException or InvalidOperationException or FormatException;

    /// <summary>A property's value; null when it is absent or null, which Kubernetes does not tell apart.</summary>
    public static JsonElement? Get(this JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? GetObject(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => value,
        _ => throw NotA("JSON object", name),
    };

    public static string? GetText(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Get(name)?.Text(name);

    /// <summary>A value that must be a string, under its name.</summary>
    public static string Text(this JsonElement value, ReadOnlySpan<byte> name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw NotA("string", name);

    public static JsonException NotA(string what, ReadOnlySpan<byte> name) =>
        new($"'{Encoding.UTF8.GetString(name)}' is not a {what}");
}
