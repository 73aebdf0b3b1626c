using System.Diagnostics.CodeAnalysis;
using k8s;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.Testing.Tests.Elections;

/// <summary>An embedded server of a test's own: whatever goes wrong on it goes wrong for this test alone.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposed of by the base's own way.")]
internal sealed class EmbeddedElectionServer(LeaseApiServerOptions? options = null) : ElectionServer
{
    private FaultHandle? _frozen;
    private IKubernetes? _administrator;
    private LeaseApiServer? _api;
    private int _users;

    public LeaseApiServer Api => _api!;

    public override IKubernetes Administrator => _administrator!;

    public override async Task OpenAsync()
    {
        _api = await LeaseApiServer.StartAsync(options, TestContext.Current.CancellationToken);
        _administrator = Api.CreateClient();
    }

    public override KubernetesClientConfiguration AdministratorConfiguration() => Api.CreateConfiguration();

    public override Task<string> CreateNamespaceAsync(string? name = null)
    {
        name ??= "elections";
        Api.CreateNamespace(name);
        return Task.FromResult(name);
    }

    public override Task<ServerUser> AddUserAsync(string @namespace, params string[] verbs)
    {
        var user = Api.AddUser($"user-{++_users}", verbs);
        user.Namespace = @namespace;
        return Task.FromResult<ServerUser>(new EmbeddedUser(Api, user));
    }

    public override FragilePath OpenPath() => new EmbeddedPath(Api);

    public override Task TakeDownAsync() => Api.TakeDownAsync();

    public override Task BringUpAsync() => Api.BringUpAsync(TestContext.Current.CancellationToken);

    public override void Freeze() => _frozen = Api.Faults.Add(Fault.HoldBefore());

    public override void Thaw() => _frozen?.Dispose();

    public override async ValueTask DisposeAsync()
    {
        _frozen?.Dispose();
        _administrator?.Dispose();
        if (_api is not null)
            await _api.DisposeAsync();
        await base.DisposeAsync();
    }
}
