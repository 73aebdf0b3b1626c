using k8s;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.RealServer.Tests.Elections;

/// <summary>One of the control plane's spare users, in one namespace.</summary>
internal sealed class RealUser(ControlPlane plane, string @namespace, int number) : ServerUser
{
    private ClusterAccess _access = null!;
    private volatile bool _accepted = true;

    public override KubernetesClientConfiguration Configuration()
    {
        var configuration = _access.Configuration();
        var token = configuration.AccessToken;
        configuration.AccessToken = null;
        configuration.TokenProvider = new ChangingToken(() => _accepted ? token : "unknown");
        return configuration;
    }

    public override async Task GrantAsync(params string[] verbs) =>
        _access = await plane.GrantAsync(@namespace, number, verbs, TestContext.Current.CancellationToken);

    // The server's list of tokens is read once, at its start: it is the user who forgets his.
    public override void Accept(bool accepted) => _accepted = accepted;
}
