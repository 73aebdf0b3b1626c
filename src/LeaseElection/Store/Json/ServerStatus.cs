using System.Text;
using System.Text.Json;

namespace LeaseElection.Store.Json;

/// <summary>What a server says of itself: the API's Status object, or whatever text a proxy put in its place.</summary>
/// <param name="Code">The HTTP status code inside; 0 when there is none.</param>
/// <param name="Message">The server's words; empty when there are none.</param>
internal readonly record struct ServerStatus(int Code, string Message)
{
    // Enough for every message of an API server.
    private const int LongestMessage = 1024;

    // A page of a proxy: its first words say enough.
    private const int LongestText = 256;

    /// <summary>Gets a value indicating whether it is a Status object: only an API server writes such.</summary>
    public bool IsStatus { get; private init; }

    /// <summary>Gets the machine-readable reason; null when there is none.</summary>
    public string? Reason { get; private init; }

    /// <summary>Gets the name of what it is about; null when it does not say.</summary>
    public string? Name { get; private init; }

    /// <summary>Gets what kind of thing it is about (<c>leases</c>, <c>namespaces</c>); null when it does not say.</summary>
    public string? Kind { get; private init; }

    /// <summary>Gets a value indicating whether a namespace that is being deleted is the cause.</summary>
    public bool IsTerminating { get; private init; }

    /// <summary>Whether it says that this Lease is not there.</summary>
    public bool IsAbsenceOf(string lease) => IsStatus && Reason == "NotFound" && Kind == "leases" && Name == lease;

    public static ServerStatus Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, LeaseJson.Reading);
            var read = Read(document.RootElement);
            if (read.IsStatus || read.Message.Length > 0)
                return read;
        }
        catch (Exception e) when (LeaseJson.IsFault(e))
        {
            // Not JSON: its text.
        }

        return new(0, TextOf(body.Span));
    }

    public static ServerStatus Read(JsonElement status)
    {
        if (status.ValueKind != JsonValueKind.Object)
            throw new JsonException("it is not a Status");
        var code = status.Get("code"u8) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : 0;
        var reason = status.GetText("reason"u8);
        var details = status.GetObject("details"u8);
        return new(code, Cut(status.GetText("message"u8) ?? reason ?? "", LongestMessage))
        {
            IsStatus = status.Get("kind"u8) is { ValueKind: JsonValueKind.String } kind && kind.ValueEquals("Status"u8),
            Reason = reason,
            Name = details?.GetText("name"u8),
            Kind = details?.GetText("kind"u8),
            IsTerminating = details?.Get("causes"u8) is { ValueKind: JsonValueKind.Array } causes
                && causes.EnumerateArray().Any(static c => c.GetText("reason"u8) == "NamespaceTerminating"),
        };
    }

    private static string TextOf(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestMessage)]);
        return Cut(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), LongestText);
    }

    private static string Cut(string message, int longest) => message.Length <= longest ? message : message[..longest];
}
