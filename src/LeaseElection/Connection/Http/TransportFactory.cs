using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Http;

/// <summary>
/// Makes transports from an access: the application's TLS, credentials and handler setup, but our
/// timeouts, which must hold whatever the application's own client does.
/// </summary>
internal sealed class TransportFactory : ITransportFactory
{
    // The shortest that SocketsHttpHandler allows: a dead connection is noticed within two seconds or so.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(1);

    private readonly ServerAccess _access;
    private readonly TimeSpan _connectTimeout;
    private readonly TimeProvider _time;

    public TransportFactory(ServerAccess access, TimeSpan connectTimeout, TimeProvider time) =>
        (_access, _connectTimeout, _time) = (access, connectTimeout, time);

    public Transport Create(ClientCertificate? certificate)
    {
#pragma warning disable CA2000 // The transport owns them.
        var sockets = CreateHandler(certificate);
        return new(new HttpMessageInvoker(sockets), sockets, _time);
#pragma warning restore CA2000
    }

    public SocketsHttpHandler CreateHandler(ClientCertificate? certificate)
    {
        var handler = new SocketsHttpHandler();
        ServerSecurity.Apply(handler, _access, _time);
        handler.SslOptions.ClientCertificateContext = certificate?.Context;
        _access.Setup?.Invoke(handler);
        ServerSecurity.Complete(handler, _access, _time);

        // After the application's setup: these are what a renewal's safety and a retry's speed rest on.
        handler.AllowAutoRedirect = false; // a write is sent once, to this server alone
        handler.ConnectTimeout = _connectTimeout;
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always;
        handler.KeepAlivePingDelay = Ping;
        handler.KeepAlivePingTimeout = Ping;
        handler.EnableMultipleHttp2Connections = true; // a thousand watches are more streams than one connection may have
        return handler;
    }
}
