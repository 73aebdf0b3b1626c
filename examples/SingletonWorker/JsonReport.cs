using System.Globalization;
using System.Text.Json;
using LeaseElection;

namespace SingletonWorker;

/// <summary>One JSON object a line, each line in one write, flushed at once.</summary>
internal sealed class JsonReport(Lazy<string> identity, TimeProvider time) : IReport, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly MemoryStream _line = new();

    public void Say(ReportEvent what, string? leader, long? fencingToken, TermEndReason? reason)
    {
        // Read before waiting for our turn: a line tells when something was, not when it was written.
        var at = time.GetUtcNow();
        var nanoseconds = (long)((Int128)time.GetTimestamp() * 1_000_000_000 / time.TimestampFrequency);
        lock (_gate)
        {
            _line.SetLength(0);
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

            _line.WriteByte((byte)'\n');
            _output.Write(_line.GetBuffer(), 0, (int)_line.Length);
            _output.Flush();
        }
    }

    public void Dispose()
    {
        _output.Dispose();
        _line.Dispose();
    }
}
