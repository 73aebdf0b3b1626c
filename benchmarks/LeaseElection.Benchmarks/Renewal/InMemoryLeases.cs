using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace LeaseElection.Benchmarks.Renewal;

/// <summary>The least that can answer an elector, so that what is measured is the client.</summary>
internal sealed class InMemoryLeases : HttpMessageHandler
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ConcurrentDictionary<string, StoredLease> _leases = new(StringComparer.Ordinal);
    private int _gets;
    private int _puts;

    public int Gets => _gets;

    public int Puts => _puts;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield(); // As a network does: nobody gets away without the cost of waiting.
        if (request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal))
            return new(HttpStatusCode.OK) { Content = new StreamContent(new SilentStream()), RequestMessage = request };
        if (request.Method == HttpMethod.Post)
            return await CreatedAsync(request, cancellationToken);

        var lease = _leases.GetOrAdd(request.RequestUri.AbsolutePath, static _ => new());
        if (request.Method == HttpMethod.Get)
        {
            Interlocked.Increment(ref _gets);
            return lease.Exists
                ? Reply(request, HttpStatusCode.OK, lease)
                : Missing(request);
        }

        Interlocked.Increment(ref _puts);
        await lease.TakeInAsync(request.Content!, cancellationToken);
        return Reply(request, HttpStatusCode.OK, lease);
    }

    private static HttpResponseMessage Missing(HttpRequestMessage request)
    {
        var name = request.RequestUri!.Segments[^1];
        var status = $$$"""{"kind":"Status","reason":"NotFound","details":{"name":"{{{name}}}","kind":"leases"},"code":404}""";
        return new(HttpStatusCode.NotFound) { Content = new StringContent(status, Json), RequestMessage = request };
    }

    private static HttpResponseMessage Reply(HttpRequestMessage request, HttpStatusCode status, StoredLease lease)
    {
        var content = new ReadOnlyMemoryContent(lease.Body);
        content.Headers.ContentType = Json;
        return new(status) { Content = content, RequestMessage = request };
    }

    private async Task<HttpResponseMessage> CreatedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var lease = new StoredLease();
        await lease.TakeInAsync(request.Content!, cancellationToken);
        using var body = System.Text.Json.JsonDocument.Parse(lease.Body);
        _leases[$"{request.RequestUri!.AbsolutePath}/{body.RootElement.GetProperty("metadata").GetProperty("name").GetString()}"] = lease;
        return Reply(request, HttpStatusCode.Created, lease);
    }
}
