using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Proxies;

/// <summary>
/// Opens the connections that SocketsHttpHandler cannot: through a proxy, or to a server whose TLS name is not that of its address. The
/// handler would take the TLS name from the Host header, which is to stay the server's.
/// </summary>
/// <param name="tlsName">The name that SNI asks for.</param>
/// <param name="proxy">Null: none.</param>
/// <param name="tls">What else the handshake with the server takes; its callback verifies the server.</param>
/// <param name="trustOf">Gives the callback that verifies an https proxy.</param>
internal sealed class ServerDialer(
    string tlsName, IWebProxy? proxy, SslClientAuthenticationOptions tls, Func<Uri, RemoteCertificateValidationCallback> trustOf)
{
    /// <summary>Whether this can connect through the proxy; an application's own may be of another kind than those that we make.</summary>
    public static bool Supports(IWebProxy? proxy, Uri server) =>
        proxy is null || proxy.IsBypassed(server) || proxy.GetProxy(server) is null or { Scheme: "http" or "https" or "socks5" };

    /// <summary>
    /// Whether this is 0.0.0.0 or its like of version 6: k3d writes it, the system takes it for this machine, and .NET refuses it.
    /// </summary>
    public static bool IsUnspecified(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <summary>The handler's callback: gives a TLS stream to the server.</summary>
    public async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        // The handler keeps the brackets of an address of version 6.
        var server = new DnsEndPoint(context.DnsEndPoint.Host.Trim('[', ']'), context.DnsEndPoint.Port);
        var transport = await OpenAsync(server, cancellationToken).ConfigureAwait(false);
        return await SecureAsync(transport, Options(context.InitialRequestMessage.Version), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Stream> OpenAsync(DnsEndPoint server, CancellationToken cancellationToken)
    {
        var url = new UriBuilder(Uri.UriSchemeHttps, server.Host, server.Port).Uri;
        return proxy is null || proxy.IsBypassed(url) || proxy.GetProxy(url) is not { } via
            ? await ConnectAsync(server.Host, server.Port, cancellationToken).ConfigureAwait(false)
            : await TunnelAsync(via, server, url, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Stream> TunnelAsync(Uri via, DnsEndPoint server, Uri url, CancellationToken cancellationToken)
    {
        var name = via.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        var caller = proxy!.Credentials?.GetCredential(via, "Basic");
        var stream = await ReachAsync(via, name, cancellationToken).ConfigureAwait(false);
        try
        {
            await (via.Scheme == "socks5"
                ? SocksTunnel.OpenAsync(stream, name, server, caller, cancellationToken)
                : HttpTunnel.OpenAsync(stream, name, HostAndPort(url), caller, cancellationToken)).ConfigureAwait(false);
            return stream;
        }
        catch (IOException e) when (e.InnerException is SocketException)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"The proxy {name} broke off the connection: {e.Message}", e);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Always with the port: a proxy knows nothing of https.
    private static string HostAndPort(Uri url) => url.GetComponents(UriComponents.Host | UriComponents.StrongPort, UriFormat.UriEscaped);

    // No SocketException: that a proxy refuses says nothing about the server.
    private async Task<Stream> ReachAsync(Uri via, string name, CancellationToken cancellationToken)
    {
        Stream stream;
        try
        {
            stream = await ConnectAsync(via.IdnHost, via.Port, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new IOException(
                $"The proxy {name} cannot be reached: {e.Message}. Correct its address, or name the server in NO_PROXY.", e);
        }

        try
        {
            return via.Scheme == Uri.UriSchemeHttps
                ? await SecureAsync(stream, ProxyOptions(via), cancellationToken).ConfigureAwait(false)
                : stream;
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            throw new IOException($"There is no TLS connection to the proxy {name}: {e.Message}", e);
        }
    }

    private static async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The stream owns it.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            var reached = !IsUnspecified(host) ? host : host.Contains(':', StringComparison.Ordinal) ? "::1" : "127.0.0.1";
            await socket.ConnectAsync(reached, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(
        Stream transport, SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        var secure = new SslStream(transport, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private SslClientAuthenticationOptions Options(Version version)
    {
        var options = TlsOptions.Copy(tls, tlsName);
        options.ApplicationProtocols = version.Major > 1
            ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
            : [SslApplicationProtocol.Http11];
        return options;
    }

    // The client certificate, too, as in Go: it is shown to a proxy that asks for one.
    private SslClientAuthenticationOptions ProxyOptions(Uri via)
    {
        var options = TlsOptions.Copy(tls, via.IdnHost);
        options.RemoteCertificateValidationCallback = trustOf(via);
        options.ApplicationProtocols = [SslApplicationProtocol.Http11];
        return options;
    }
}
