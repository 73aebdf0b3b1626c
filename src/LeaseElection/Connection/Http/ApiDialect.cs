using System.Net;
using System.Net.Http.Headers;
using LeaseElection.Connection.Credentials;

namespace LeaseElection.Connection.Http;

/// <summary>How requests to this server look: its address, the HTTP version, the headers.</summary>
internal sealed class ApiDialect
{
    public const string Json = "application/json";

    private static readonly MediaTypeHeaderValue JsonHeader = new(Json);

    private readonly Version _version;
    private readonly string _userAgent;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _impersonation;

    public ApiDialect(ServerAccess access)
    {
        Server = access.Server;
        _version = access.DisableHttp2 ? HttpVersion.Version11 : HttpVersion.Version20;
        _userAgent = access.UserAgent ?? "LeaseElection";
        _impersonation = access.Impersonation;
    }

    /// <summary>Gets the server's address, which may have a path (a proxy before several clusters); it ends in a slash.</summary>
    public Uri Server { get; }

    public HttpRequestMessage Request(ApiCall call, Credential credential)
    {
        var request = new HttpRequestMessage(call.Method, call.Uri)
        {
            Version = _version,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        if (credential.Authorization is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var (name, value) in _impersonation)
            request.Headers.TryAddWithoutValidation(name, value);
        if (call.Body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = call.ContentType == Json ? JsonHeader : new(call.ContentType);
        }

        return request;
    }
}
