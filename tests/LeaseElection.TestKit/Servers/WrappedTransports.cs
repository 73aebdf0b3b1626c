using k8s;
using LeaseElection.Connection;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Http;
using LeaseElection.Connection.Tls;

namespace LeaseElection.TestKit;

/// <summary>Transports with a handler of the test's around, or instead of, the real one.</summary>
internal sealed class WrappedTransports(TransportFactory real, TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler> wrap) : ITransportFactory
{
    /// <summary>A connection over such transports.</summary>
    public static KubernetesConnection Connect(
        KubernetesClientConfiguration configuration, TimeSpan requestTimeout, TimeProvider time, Func<HttpMessageHandler,
        HttpMessageHandler> wrap) =>
        Connect(GivenAccess.Of(configuration), requestTimeout, time, wrap);

    /// <summary>The same.</summary>
    public static KubernetesConnection Connect(
        ServerAccess access, TimeSpan requestTimeout, TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler> wrap) =>
        new(access, new WrappedTransports(new(access, requestTimeout, time), time, wrap), time);

    public Transport Create(ClientCertificate? certificate)
    {
#pragma warning disable CA2000 // The transport owns them.
        var sockets = real.CreateHandler(certificate);
        return new(new HttpMessageInvoker(wrap(sockets)), sockets, time);
#pragma warning restore CA2000
    }
}
