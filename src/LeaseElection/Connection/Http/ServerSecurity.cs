using System.Net;
using System.Net.Security;
using LeaseElection.Connection.Proxies;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Http;

/// <summary>How a handler reaches the server, and whom it takes for it.</summary>
internal static class ServerSecurity
{
    /// <summary>Before the application's own setup, which may change all of it.</summary>
    public static void Apply(SocketsHttpHandler handler, ServerAccess access, TimeProvider time)
    {
        handler.Proxy = access.Proxy ?? Direct;
        handler.SslOptions.RemoteCertificateValidationCallback = Unless(
            access.SkipVerify,
            new ServerTrust($"the API server {Authority(access.Server)}", TlsName(access), access.Authorities, time).Validate);

        // As Go: each connection verifies the server anew, by the authorities of now, and shows the client certificate of now.
        handler.SslOptions.AllowTlsResume = false;
    }

    /// <summary>After the application's own setup, whose proxy and way to connect go before ours.</summary>
    public static void Complete(SocketsHttpHandler handler, ServerAccess access, TimeProvider time)
    {
        var needed = access.TlsServerName is not null
            || ServerDialer.IsUnspecified(access.Server.IdnHost)
            || (handler.Proxy is { } proxy && !ReferenceEquals(proxy, Direct));
        if (!needed || access.Server.Scheme != Uri.UriSchemeHttps || handler.ConnectCallback is not null
            || !handler.UseProxy || !ServerDialer.Supports(handler.Proxy, access.Server))
            return;
        handler.ConnectCallback = new ServerDialer(TlsName(access), handler.Proxy, handler.SslOptions, via => Unless(
            access.SkipVerify,
            new ProxyTrust($"the proxy {Authority(via)}", via.IdnHost, access.Authorities, time).Validate)).DialAsync;
        handler.UseProxy = false;
    }

#pragma warning disable CA5359 // The configuration says that any certificate will do (insecure-skip-tls-verify).
    private static RemoteCertificateValidationCallback Unless(bool skip, RemoteCertificateValidationCallback verify) =>
        skip ? static (_, _, _, _) => true : verify;
#pragma warning restore CA5359

    // Without a proxy of its own, a handler takes one from the environment by other rules than kubectl's.
    private static IWebProxy Direct { get; } = new WebProxy();

    private static string TlsName(ServerAccess access) => access.TlsServerName ?? access.Server.IdnHost;

    private static string Authority(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
