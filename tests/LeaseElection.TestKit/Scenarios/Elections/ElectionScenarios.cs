using LeaseElection.TestKit.Scenarios.Elections.Safety;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>
/// What every scenario starts from: a namespace of its own, replicas that may do exactly what the documented Role allows, and a judge
/// that looks at all of them all the time.
/// </summary>
public abstract class ElectionScenarios(ElectionServer server) : IAsyncLifetime
{
    protected const string Lease = "scenario";

    // Nothing here takes so long: what does not come in this time does not come at all.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<Replica> _replicas = [];
    private readonly ITestContext _test = TestContext.Current;
    private ITimer? _guard;
    private volatile bool _hung;

    protected static IReadOnlyList<string> Role { get; } = ["get", "watch", "create", "update"];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ElectionServer Server { get; } = server;

    protected SafetyMonitor Monitor { get; } = new();

    protected string Namespace { get; private set; } = "";

    protected ServerUser User { get; private set; } = null!;

    protected SomeoneElse Other { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        _guard = TimeProvider.System.CreateTimer(_ => GiveUp(), null, Patience, Timeout.InfiniteTimeSpan);
        await Server.OpenAsync();
        Namespace = await Server.CreateNamespaceAsync();
        User = await Server.AddUserAsync(Namespace, [.. Role]);
        Other = new(Server.Administrator, Namespace, Lease);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_hung || TestContext.Current.TestState?.Result == TestResult.Failed)
            Tell();
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        Monitor.Dispose();
        await Server.DisposeAsync();
        if (_guard is not null)
            await _guard.DisposeAsync();
        GC.SuppressFinalize(this);
        Assert.False(_hung, $"what the test waited for did not come within {Patience}");
        Monitor.AssertSafe();
    }

    protected static long Now() => TimeProvider.System.GetTimestamp();

    protected static TimeSpan Since(long moment) => TimeProvider.System.GetElapsedTime(moment);

    /// <summary>Lets time pass: where it is the time itself that is to have no effect.</summary>
    protected static Task PassAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Cancel);

    protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    protected Replica Add(Action<LeaderElectionOptions>? configure = null) => AddAs(User, configure);

    protected Replica Add(double leaseSeconds) => Add(o => o.LeaseDuration = Seconds(leaseSeconds));

    protected Replica AddAs(ServerUser user, Action<LeaderElectionOptions>? configure = null) =>
        Add(user.Configuration(), Namespace, configure);

    protected Replica Add(
        k8s.KubernetesClientConfiguration configuration, string @namespace, Action<LeaderElectionOptions>? configure = null)
    {
        var replica = new Replica(configuration, @namespace, Lease, Monitor, configure);
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>A replica that leads, and one that stands by and knows it.</summary>
    protected async Task<(Replica Leader, Replica Standby, LeadershipTerm Term)> LeaderAndStandbyAsync(
        Action<LeaderElectionOptions>? configure = null)
    {
        var leader = Add(configure).Start();
        var term = await leader.UntilLeadingAsync();
        var standby = Add(configure).Start();
        await standby.UntilSeesAsync(leader.Identity);
        return (leader, standby, term);
    }

    private void GiveUp()
    {
        _hung = true;
        _test.CancelCurrentTest();
    }

    // What happened, for the reader of the failure.
    private void Tell()
    {
        foreach (var replica in _replicas)
        {
            _test.TestOutputHelper?.WriteLine(
                $"{replica.Identity}: {string.Join(' ', replica.Tap.Requests.Select(request => $"{request.Kind}:{request.Status}"))}");
            foreach (var line in replica.Log.Lines)
                _test.TestOutputHelper?.WriteLine(
                    $"  {line.At:mm:ss.fff} {line.Level}: {line.Message}{(line.Error is { } error ? $" ({error.Message})" : "")}");
        }
    }
}
