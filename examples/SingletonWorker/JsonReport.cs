using System.Buffers;
using System.Globalization;
using System.Text.Json;
using LeaseElection;

namespace SingletonWorker;

/// <summary>One JSON object a line.</summary>
internal sealed class JsonReport(Lazy<string> identity, TimeProvider time, JsonLines output) : IReport
{
    private static readonly byte[] EndOfLine = "\n"u8.ToArray();

    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _line = new();

    public void Say(ReportEvent what, string? leader, long? fencingToken, TermEndReason? reason)
    {
        // Read before waiting for our turn: a line tells when something was, not when it was written.
        var at = time.GetUtcNow();
        var nanoseconds = (long)((Int128)time.GetTimestamp() * 1_000_000_000 / time.TimestampFrequency);
        lock (_gate)
        {
            _line.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_line))
            {
                json.WriteStartObject();
                json.WriteString("at", at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
                json.WriteNumber("monotonicNs", nanoseconds);
                json.WriteString("identity", identity.Value);
                json.WriteString("event", what.ToString().ToLowerInvariant());
                json.WriteString("leader", leader);
                if (fencingToken is { } token)
                    json.WriteNumber("fencingToken", token);
                else
                    json.WriteNull("fencingToken");
                json.WriteString("reason", reason?.ToString());
                json.WriteEndObject();
            }

            _line.Write(EndOfLine);
            output.Write(_line.WrittenSpan);
        }
    }
}
