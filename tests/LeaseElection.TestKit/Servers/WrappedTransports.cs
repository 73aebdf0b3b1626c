using k8s;
using LeaseElection.Connection;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Http;

namespace LeaseElection.TestKit;

/// <summary>Connections with a handler of the test's around, or instead of, the real one.</summary>
internal static class WrappedTransports
{
    public static KubernetesConnection Connect(
        KubernetesClientConfiguration configuration, TimeSpan requestTimeout, TimeProvider time, Func<HttpMessageHandler,
        HttpMessageHandler> wrap) =>
        Connect(GivenAccess.Of(configuration), requestTimeout, time, wrap);

    /// <summary>The same.</summary>
    public static KubernetesConnection Connect(
        ServerAccess access, TimeSpan requestTimeout, TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler> wrap) =>
        new(access, new TransportFactory(access, requestTimeout, time, wrap), requestTimeout, time, static () => 0.5);
}
