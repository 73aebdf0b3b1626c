using k8s;
using LeaseElection.Connection.Http;

namespace LeaseElection.TestKit;

/// <summary>Transports with a handler of the test's around, or instead of, the real one.</summary>
internal sealed class WrappedTransports(TransportFactory real, TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler> wrap) : ITransportFactory
{
    /// <summary>A connection over such transports.</summary>
    public static KubernetesConnection Connect(
        KubernetesClientConfiguration configuration, TimeSpan requestTimeout, TimeProvider time, Func<HttpMessageHandler,
        HttpMessageHandler> wrap) =>
        new(configuration, new WrappedTransports(new(configuration, requestTimeout, time), time, wrap), time);

    public Transport Create()
    {
#pragma warning disable CA2000 // The transport owns them.
        var sockets = real.CreateHandler();
        return new(new HttpMessageInvoker(wrap(sockets)), sockets, time);
#pragma warning restore CA2000
    }
}
