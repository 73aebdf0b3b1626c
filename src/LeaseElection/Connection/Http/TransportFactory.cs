using System.Net;
using System.Text;

namespace LeaseElection.Connection.Http;

/// <summary>
/// Makes transports from an access: the application's TLS, credentials and handler setup, but our
/// timeouts, which must hold whatever the application's own client does.
/// </summary>
/// <param name="access">Whose TLS, proxy and handler setup.</param>
/// <param name="requestTimeout">By which timeouts scale.</param>
/// <param name="time">The clock.</param>
/// <param name="wrap">What to put around, or instead of, the handler; null for nothing.</param>
internal sealed class TransportFactory(
    ServerAccess access, TimeSpan requestTimeout, TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    : ITransportFactory
{
    private readonly ConnectionTimes _times = new(requestTimeout);

    public Transport Create(TransportSetup setup) => new(setup, _times, time, transport =>
    {
#pragma warning disable CA2000 // The transport owns them.
        var sockets = CreateHandler(transport);
        return (new HttpMessageInvoker(wrap?.Invoke(sockets) ?? sockets), sockets);
#pragma warning restore CA2000
    });

    private SocketsHttpHandler CreateHandler(Transport transport)
    {
        var handler = new SocketsHttpHandler();
        ServerSecurity.Apply(handler, access, time);
        handler.SslOptions.ClientCertificateContext = transport.Setup.Certificate?.Context;
        access.Setup?.Invoke(handler);
        ServerSecurity.Complete(handler, access, time);

        // A name to act as may have any letters; Go sends them as UTF-8.
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;

        // After the application's setup: these are what a renewal's safety and a retry's speed rest on.
        handler.AllowAutoRedirect = false; // a write is sent once, to this server alone
        handler.ConnectTimeout = _times.Connect;
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always;
        handler.KeepAlivePingDelay = transport.Setup.PingDelay;
        handler.KeepAlivePingTimeout = _times.PingTimeout;
        handler.EnableMultipleHttp2Connections = true; // a thousand elections' requests are more streams than one connection may have
        var before = handler.PlaintextStreamFilter;
        handler.PlaintextStreamFilter = async (context, cancellationToken) =>
        {
            var stream = before is null ? context.PlaintextStream : await before(context, cancellationToken).ConfigureAwait(false);
            var isHttp2 = context.NegotiatedHttpVersion == HttpVersion.Version20;
            transport.Connect(isHttp2);
            return new HeardStream(stream, transport, isHttp2 ? new FrameReader() : null);
        };
        return handler;
    }
}
