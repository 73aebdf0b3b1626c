using k8s;

namespace LeaseElection.TestKit.Scenarios.Servers;

/// <summary>A way to a server whose open connections can fall silent: packets are dropped, nobody is told, new connections work.</summary>
public abstract class FragilePath : IAsyncDisposable
{
    /// <summary>Leads a configuration along this way.</summary>
    public abstract KubernetesClientConfiguration Lead(KubernetesClientConfiguration configuration);

    /// <summary>Silences the open connections.</summary>
    /// <returns>How many.</returns>
    public abstract int Silence();

    public abstract ValueTask DisposeAsync();
}
