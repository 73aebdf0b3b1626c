namespace LeaseElection.RealServer.Tests.Elections;

/// <summary>What every scenario starts from: a namespace of its own, and replicas that may do exactly what the documented Role allows.</summary>
public abstract class ElectionScenarios(SharedControlPlane shared) : IAsyncLifetime
{
    protected const string Lease = "scenario";

    private static readonly string[] Role = ["get", "watch", "create", "update"];
    private readonly List<Replica> _replicas = [];
    private string _namespace = "";
    private ClusterAccess? _access;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected SomeoneElse Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var plane = await shared.GetAsync();
        _namespace = await shared.CreateNamespaceAsync();
        _access = await plane.GrantAsync(_namespace, user: 1, Role);
        Other = new(plane.Client, _namespace, Lease);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Replica Add(Action<LeaderElectionOptions>? configure = null)
    {
        var replica = new Replica(_access!.Configuration(), _namespace, Lease, configure);
        _replicas.Add(replica);
        return replica;
    }

    private protected Replica AddIdentity(string identity) => Add(o => o.Identity = identity);

    /// <summary>A replica that leads, and one that stands by and knows it.</summary>
    private protected async Task<(Replica Leader, Replica Standby, LeadershipTerm Term)> LeaderAndStandbyAsync(Action<LeaderElectionOptions>? configure = null)
    {
        var leader = Add(configure).Start();
        var term = await leader.UntilLeadingAsync();
        var standby = Add(configure).Start();
        await standby.UntilSeesAsync(leader.Elector.Identity);
        return (leader, standby, term);
    }
}
