using System.Net;
using System.Net.Http.Headers;
using k8s;
using k8s.Exceptions;

namespace LeaseElection.Connection.Http;

/// <summary>How requests to this server look: its address, the HTTP version, the headers.</summary>
internal sealed class ApiDialect
{
    public const string Json = "application/json";

    private static readonly MediaTypeHeaderValue JsonHeader = new(Json);

    private readonly Version _version;
    private readonly string _userAgent;
    private readonly string? _host;

    public ApiDialect(KubernetesClientConfiguration configuration)
    {
        Server = AddressOf(configuration);
        _version = configuration.DisableHttp2 ? HttpVersion.Version11 : HttpVersion.Version20;
        _userAgent = string.IsNullOrWhiteSpace(configuration.UserAgent) ? "LeaseElection" : configuration.UserAgent;

        // SocketsHttpHandler takes the name that the certificate must have from the Host header.
        _host = string.IsNullOrWhiteSpace(configuration.TlsServerName) ? null : configuration.TlsServerName.Trim();
    }

    /// <summary>Gets the server's address, which may have a path (a proxy before several clusters); it ends in a slash.</summary>
    public Uri Server { get; }

    public HttpRequestMessage Request(ApiCall call)
    {
        var request = new HttpRequestMessage(call.Method, call.Uri)
        {
            Version = _version,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        request.Headers.Host = _host;
        if (call.Body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = call.ContentType == Json ? JsonHeader : new(call.ContentType);
        }

        return request;
    }

    private static Uri AddressOf(KubernetesClientConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration.Host))
            throw new KubeConfigException(
                "The Kubernetes configuration has no host: set KubernetesClientConfiguration.Host to the API server's URL.");
        if (!Uri.TryCreate(configuration.Host, UriKind.Absolute, out var host)
            || (host.Scheme != Uri.UriSchemeHttps && host.Scheme != Uri.UriSchemeHttp))
            throw new KubeConfigException($"The Kubernetes configuration's host '{configuration.Host}' is not an http or https URL.");
        return new(host.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
    }
}
