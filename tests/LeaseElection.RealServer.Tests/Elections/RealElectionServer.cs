using System.Diagnostics.CodeAnalysis;
using k8s;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.RealServer.Tests.Elections;

/// <summary>The shared control plane; <paramref name="disturbs"/>: to be stopped and frozen, by a test that runs alone.</summary>
internal sealed class RealElectionServer(SharedControlPlane shared, bool disturbs = false) : ElectionServer
{
    // The fixture's, which disposes of it.
    [SuppressMessage("Usage", "CA2213", Justification = "See above.")]
    private ControlPlane _plane = null!;
    private int _users;

    public override IKubernetes Administrator => _plane.Client;

    public override async Task OpenAsync() => _plane = disturbs ? await shared.GetOwnAsync() : await shared.GetAsync();

    public override KubernetesClientConfiguration AdministratorConfiguration() => _plane.Administrator.Configuration();

    public override async Task<string> CreateNamespaceAsync(string? name = null)
    {
        if (name is null)
            return await _plane.CreateNamespaceAsync(TestContext.Current.CancellationToken);
        await _plane.CreateNamespaceAsync(name, TestContext.Current.CancellationToken);
        return name;
    }

    public override async Task<ServerUser> AddUserAsync(string @namespace, params string[] verbs)
    {
        var user = new RealUser(_plane, @namespace, ++_users);
        await user.GrantAsync(verbs);
        return user;
    }

    public override FragilePath OpenPath() => new ProxyPath(new(_plane.Administrator.Configuration().Host));

    public override Task TakeDownAsync() => _plane.ApiServer.StopAsync();

    public override Task BringUpAsync() => _plane.ApiServer.StartAsync(TestContext.Current.CancellationToken);

    public override void Freeze() => _plane.ApiServer.Freeze();

    public override void Thaw() => _plane.ApiServer.Thaw();

    public override async ValueTask DisposeAsync()
    {
        if (disturbs && _plane is not null)
            await _plane.ApiServer.RecoverAsync(CancellationToken.None);
        await base.DisposeAsync();
    }
}
