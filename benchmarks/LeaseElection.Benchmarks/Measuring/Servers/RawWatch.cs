using System.Text.Json.Nodes;

namespace LeaseElection.Benchmarks.Measuring.Servers;

/// <summary>A watch on one Lease, read line by line.</summary>
internal sealed class RawWatch(HttpResponseMessage response, StreamReader lines) : IDisposable
{
    /// <summary>The next event; null: the server has ended the watch.</summary>
    public async Task<LeaseSighting?> NextAsync(CancellationToken cancellationToken)
    {
        if (await lines.ReadLineAsync(cancellationToken) is not { } line)
            return null;
        var lease = JsonNode.Parse(line)!["object"]!;
        var spec = lease["spec"];
        return new(
            (string)lease["metadata"]!["resourceVersion"]!,
            (string?)spec?["holderIdentity"] ?? "",
            (string?)spec?["renewTime"] is { } renewed ? DateTimeOffset.Parse(renewed, null) : null);
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }
}
