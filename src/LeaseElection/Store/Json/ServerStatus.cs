using System.Text;
using System.Text.Json;

namespace LeaseElection.Store.Json;

/// <summary>What a server says of itself: the API's Status object, or whatever text a proxy put in its place.</summary>
/// <param name="Code">The HTTP status code inside; 0 when there is none.</param>
/// <param name="Message">The server's words; empty when there are none.</param>
internal readonly record struct ServerStatus(int Code, string Message)
{
    // Enough for every message of an API server; a proxy's error page is cut.
    private const int LongestMessage = 1024;

    public static ServerStatus Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, LeaseJson.Reading);
            return Read(document.RootElement);
        }
        catch (Exception e) when (LeaseJson.IsFault(e))
        {
            return new(0, Cut(Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, LongestMessage)]).Trim()));
        }
    }

    public static ServerStatus Read(JsonElement status)
    {
        if (status.ValueKind != JsonValueKind.Object)
            throw new JsonException("it is not a Status");
        var code = status.Get("code"u8) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : 0;
        return new(code, Cut(status.GetText("message"u8) ?? status.GetText("reason"u8) ?? ""));
    }

    private static string Cut(string message) => message.Length <= LongestMessage ? message : message[..LongestMessage];
}
