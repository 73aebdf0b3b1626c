using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using k8s;

namespace LeaseElection.Benchmarks.Measuring.Servers;

/// <summary>
/// One HTTP/2 connection over TLS to the API server, with nothing of any client between: what a request costs at least. Safe from any
/// thread.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly HttpClient _client;
    private readonly SocketsHttpHandler _handler;
    private readonly string _leases;
    private readonly string _namespace;

    public RawConnection(ClusterAccess access, string @namespace)
    {
        var configuration = access.Configuration();
        _namespace = @namespace;
        _leases = $"apis/coordination.k8s.io/v1/namespaces/{@namespace}/leases";
        _handler = new() { UseProxy = false, SslOptions = { CertificateChainPolicy = Trusting(configuration) } };
        _client = new(_handler)
        {
            BaseAddress = new(configuration.Host),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            // A watch has no end, and its answer is read as it comes.
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", configuration.AccessToken) },
        };
    }

    /// <summary>Creates a Lease and returns its version.</summary>
    public Task<string> CreateAsync(string lease, string holder, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Post, _leases, Body(lease, holder, version: null), cancellationToken);

    /// <summary>Writes a Lease that has that version, and returns its next one.</summary>
    public Task<string> PutAsync(string lease, string holder, string version, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Put, $"{_leases}/{lease}", Body(lease, holder, version), cancellationToken);

    /// <summary>Opens a watch on one Lease, from that version on; returns once the server has answered.</summary>
    public async Task<RawWatch> WatchAsync(string lease, string version, CancellationToken cancellationToken)
    {
        var path = $"{_leases}?watch=1&fieldSelector=metadata.name%3D{lease}&resourceVersion={version}";
        var response = await _client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return new(response, new(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8));
    }

    /// <summary>What a path of the API server answers.</summary>
    public Task<string> GetAsync(string path, CancellationToken cancellationToken) =>
        _client.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private static X509ChainPolicy Trusting(KubernetesClientConfiguration configuration)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(configuration.SslCaCerts);
        return policy;
    }

    private async Task<string> WriteAsync(HttpMethod method, string path, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            // The client's defaults are for what it makes itself.
            Version = _client.DefaultRequestVersion,
            VersionPolicy = _client.DefaultVersionPolicy,
        };
        using var response = await _client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var lease = JsonNode.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken))!;
        return (string)lease["metadata"]!["resourceVersion"]!;
    }

    // As many fields as an elector writes, so that it is no smaller a request.
    private string Body(string lease, string holder, string? version)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", null);
        var precondition = version is null ? "" : $",\"resourceVersion\":\"{version}\"";
        return $$"""
            {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"{{lease}}","namespace":"{{_namespace}}"{{precondition}} },"spec":{"holderIdentity":"{{holder}}","leaseDurationSeconds":15,"acquireTime":"{{now}}","renewTime":"{{now}}","leaseTransitions":1} }
            """;
    }
}
