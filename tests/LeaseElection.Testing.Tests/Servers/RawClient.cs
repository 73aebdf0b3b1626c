using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>Sends requests as they stand; knows nothing of Kubernetes but the paths.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly HttpClient _http;

    public RawClient(LeaseApiServer server, LeaseApiUser? user = null)
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
#pragma warning disable CA5359 // The server is ours, on loopback; its certificate has a test of its own.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        _http = new(handler)
        {
            BaseAddress = server.Address,
            DefaultRequestVersion = server.CertificateAuthority is null ? HttpVersion.Version11 : HttpVersion.Version20,
            Timeout = TimeSpan.FromMinutes(1),
        };
        if (user is not null)
            _http.DefaultRequestHeaders.Authorization = new("Bearer", user.Token);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string Leases(string ns = "default") => $"/apis/coordination.k8s.io/v1/namespaces/{ns}/leases";

    public Task<HttpResponseMessage> CreateAsync(string name, CancellationToken? cancel = null) =>
        SendAsync(HttpMethod.Post, Leases(), $$"""{ "metadata": { "name": "{{name}}" }, "spec": { "holderIdentity": "b" } }""", cancel);

    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken? cancel = null) =>
        SendAsync(HttpMethod.Get, path, body: null, cancel);

    public Task<HttpResponseMessage> LabelAsync(string name, string value) =>
        SendAsync(HttpMethod.Patch, $"{Leases()}/{name}", $$"""{ "metadata": { "labels": { "l": "{{value}}" } } }""", type: "application/merge-patch+json");

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body, CancellationToken? cancel = null, string type = "application/json",
        string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path) { Version = _http.DefaultRequestVersion };
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        return await _http.SendAsync(request, cancel ?? Cancel);
    }

    /// <summary>Sends a request whose body is what the stream says, as long as it says something.</summary>
    public async Task<HttpResponseMessage> SendStreamAsync(string path, Stream body, CancellationToken cancel)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, path) { Version = _http.DefaultRequestVersion, Content = new StreamContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    /// <summary>Opens a watch on the namespace default.</summary>
    public async Task<RawWatch> WatchAsync(string query = "")
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Get, $"{Leases()}?watch=true{query}") { Version = _http.DefaultRequestVersion };
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new(response, new(await response.Content.ReadAsStreamAsync(Cancel)));
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;

    public void Dispose() => _http.Dispose();
}
