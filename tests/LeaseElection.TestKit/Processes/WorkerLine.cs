using System.Globalization;
using System.Text.Json;

namespace LeaseElection.TestKit;

/// <summary>One line of <c>SingletonWorker --json</c>. Other electors' workers leave out what they do not have.</summary>
public sealed record WorkerLine(
    DateTimeOffset At, long MonotonicNs, string Identity, WorkerEvent Event, string? Leader, long? FencingToken, string? Reason)
{
    public static WorkerLine Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var line = document.RootElement;
        return new(
            line.GetProperty("at").GetDateTimeOffset(),
            line.GetProperty("monotonicNs").GetInt64(),
            line.GetProperty("identity").GetString()!,
            Enum.Parse<WorkerEvent>(line.GetProperty("event").GetString()!, ignoreCase: true),
            Text(line, "leader"),
            line.TryGetProperty("fencingToken", out var token) && token.ValueKind is not JsonValueKind.Null ? token.GetInt64() : null,
            Text(line, "reason"));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{At:HH:mm:ss.ffffff} {MonotonicNs} {Identity} {Event} leader={Leader ?? "-"} token={FencingToken} reason={Reason ?? "-"}");

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var text) ? text.GetString() : null;
}
