using System.Globalization;
using System.Text.Json;

namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>One line of <c>SingletonWorker --json</c>.</summary>
public sealed record WorkerLine(
    DateTimeOffset At, long MonotonicNs, string Identity, WorkerEvent Event, string? Leader, long? FencingToken, string? Reason)
{
    public static WorkerLine Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var line = document.RootElement;
        var token = line.GetProperty("fencingToken");
        return new(
            line.GetProperty("at").GetDateTimeOffset(),
            line.GetProperty("monotonicNs").GetInt64(),
            line.GetProperty("identity").GetString()!,
            Enum.Parse<WorkerEvent>(line.GetProperty("event").GetString()!, ignoreCase: true),
            line.GetProperty("leader").GetString(),
            token.ValueKind == JsonValueKind.Null ? null : token.GetInt64(),
            line.GetProperty("reason").GetString());
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{At:HH:mm:ss.ffffff} {MonotonicNs} {Identity} {Event} leader={Leader ?? "-"} token={FencingToken} reason={Reason ?? "-"}");
}
