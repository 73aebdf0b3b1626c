using k8s;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.RealServer.Tests.Elections;

/// <summary>A way through a proxy of our own.</summary>
internal sealed class ProxyPath(Uri server) : FragilePath
{
    private readonly SilenceableProxy _proxy = new(server);

    public override KubernetesClientConfiguration Lead(KubernetesClientConfiguration configuration)
    {
        // The certificate is for the server's name.
        configuration.TlsServerName ??= server.Host;
        configuration.Host = _proxy.Address.ToString();
        return configuration;
    }

    public override int Silence() => _proxy.Silence();

    public override ValueTask DisposeAsync() => _proxy.DisposeAsync();
}
