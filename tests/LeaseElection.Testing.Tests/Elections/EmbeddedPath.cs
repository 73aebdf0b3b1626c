using k8s;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.Testing.Tests.Elections;

/// <summary>The way itself: the server drops what comes by connections that were open.</summary>
internal sealed class EmbeddedPath(LeaseApiServer server) : FragilePath
{
    public override KubernetesClientConfiguration Lead(KubernetesClientConfiguration configuration) => configuration;

    public override int Silence() => server.BlackHoleConnections();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
