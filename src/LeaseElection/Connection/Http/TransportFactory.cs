using System.Security.Cryptography.X509Certificates;
using k8s;

namespace LeaseElection.Connection.Http;

/// <summary>
/// Makes transports from a configuration that it never changes: the application's TLS, credentials and handler setup, but our
/// timeouts, which must hold whatever the application's own client does.
/// </summary>
internal sealed class TransportFactory : ITransportFactory
{
    // The shortest that SocketsHttpHandler allows: a dead connection is noticed within two seconds or so.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(1);

    private readonly bool _skipVerify;
    private readonly X509Certificate2Collection? _authorities;
    private readonly ClientCertificate? _certificate;
    private readonly Action<SocketsHttpHandler>? _setup;
    private readonly TimeSpan _connectTimeout;
    private readonly TimeProvider _time;

    public TransportFactory(KubernetesClientConfiguration configuration, TimeSpan connectTimeout, TimeProvider time)
    {
        _skipVerify = configuration.SkipTlsVerify;
        _authorities = configuration.SslCaCerts is { Count: > 0 } authorities ? new(authorities) : null;
        _certificate = ClientCertificate.Load(configuration);
        _setup = configuration.FirstMessageHandlerSetup;
        (_connectTimeout, _time) = (connectTimeout, time);
    }

    public Transport Create()
    {
#pragma warning disable CA2000 // The transport owns them.
        var sockets = CreateHandler();
        return new(new HttpMessageInvoker(sockets), sockets, _time);
#pragma warning restore CA2000
    }

    public SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler();
        if (_skipVerify || _authorities is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = new ServerTrust(_skipVerify, _authorities).Validate;
        handler.SslOptions.ClientCertificateContext = _certificate?.Context;
        _setup?.Invoke(handler);

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
