using System.Globalization;
using System.Text.Json;

namespace LeaseElection.TestProcess.KubernetesClientWorker;

/// <summary>One JSON object a line on standard output. It has no fencing token: this elector gives none.</summary>
internal sealed class JsonLines(string identity)
{
    private readonly Lock _lock = new();

    public void Say(string what, string? leader = null)
    {
        // Read before waiting for our turn: a line tells when something was, not when it was written.
        var at = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var monotonicNs = (long)((Int128)TimeProvider.System.GetTimestamp() * 1_000_000_000 / TimeProvider.System.TimestampFrequency);
        var line = JsonSerializer.Serialize(new { at, monotonicNs, identity, @event = what, leader });
        lock (_lock)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
