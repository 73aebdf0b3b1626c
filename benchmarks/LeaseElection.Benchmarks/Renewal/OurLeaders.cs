using k8s;
using LeaseElection.Composition;
using LeaseElection.Connection.Http;
using LeaseElection.Diagnostics;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Loop;
using LeaseElection.Store.Sharing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeaseElection.Benchmarks.Renewal;

/// <summary>Whole electors of ours that lead, on time that stands still between their renewals.</summary>
internal sealed class OurLeaders : ILeaseKeeper, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly SteppedTime _time = new();
    private readonly HolderClock _clock;
    private readonly KubernetesConnection _connection;
    private readonly List<Elector> _electors = [];
    private readonly CountdownEvent _renewed;

    private OurLeaders(int count)
    {
        var configuration = new KubernetesClientConfiguration { Host = "http://localhost" };
        _clock = HolderClock.ByTimer(_time);
        _connection = WrappedTransports.Connect(configuration, TimeSpan.FromSeconds(2), _time, _ => Leases);
        _renewed = new(count);
        for (var i = 0; i < count; i++)
        {
            // Counted and measured, as in production.
            var context = ElectorComposition.CreateContext(
                $"bench-{i}", this, new() { Identity = "pod-1", LeaseName = $"bench-{i}" }, _time, NullLoggerFactory.Instance, new(_time),
                ElectionMeter.Shared, _clock);
            // In step with each other: time stands still while they renew.
            _electors.Add(new(context with { Settings = context.Settings with { FirstRenewal = 1 } }, null));
        }
    }

    public InMemoryLeases Leases { get; } = new();

    public static async Task<OurLeaders> StartAsync(int count)
    {
        var leaders = new OurLeaders(count);
        foreach (var elector in leaders._electors)
        {
            _ = elector.RunAsync(static (_, token) => new TaskCompletionSource().Task.WaitAsync(token));
            await elector.WaitForLeadershipAsync();
        }

        while (ThreadPool.PendingWorkItemCount > 0)
            await Task.Yield();
        leaders._time.Armed = wait =>
        {
            // A renewal is over when the machine waits for the next one.
            if (wait == Interval)
                leaders._renewed.Signal();
        };
        return leaders;
    }

    public KeptLease Find(LeaseRequest request) => new(
        $"default/{request.Name}",
        () =>
            KubernetesLeaseStores.Create(
                _connection, "default", request.Name, new Dictionary<string, string>(), request.RequestTimeout, _time));

    /// <summary>An interval passes, and with it a renewal of each: request, answer, and all that the election does with them.</summary>
    public void Renew()
    {
        _renewed.Reset();
        _time.Advance(Interval);
        if (!_renewed.Wait(TimeSpan.FromSeconds(30)))
            throw new TimeoutException($"{_renewed.CurrentCount} renewals are missing");
    }

    public async ValueTask DisposeAsync()
    {
        _time.Armed = null;
        foreach (var elector in _electors)
            await elector.DisposeAsync();
        _connection.Dispose();
        _renewed.Dispose();
    }
}
