namespace TestingYourWorker;

/// <summary>The service as it is deployed: three replicas, one Lease, one ledger.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly TimeProvider _time;

    private Service(LeaseApiServer server, TimeProvider time, Action<LeaderElectionOptions>? configure)
    {
        (Server, _time) = (server, time);
        Replicas = [.. new[] { "a", "b", "c" }.Select(name => new Replica(name, server, Ledger, time, configure))];
        // The claim of the whole thing, looked at whenever something is booked.
        Ledger.OnBooking = () => MostLeaders = Math.Max(MostLeaders, Replicas.Count(r => r.Election.IsLeader));
    }

    public LeaseApiServer Server { get; }

    public FakeLedger Ledger { get; } = new();

    public IReadOnlyList<Replica> Replicas { get; }

    public int MostLeaders { get; private set; }

    /// <summary>Starts the server and the replicas, and waits until one leads and all know it.</summary>
    public static async Task<(Service Service, Replica Leader)> StartAsync(TimeProvider time, Action<LeaderElectionOptions>? configure = null)
    {
        var server = await LeaseApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var service = new Service(server, time, configure);
        await Task.WhenAll(service.Replicas.Select(r => r.StartAsync()));
        // A clock of the test's stands still meanwhile: a process's first requests are slow, and must not time out.
        var leaders = await Task.WhenAll(service.Replicas.Select(r => r.LeaderAsync()));
        return (service, service.Replicas.Single(r => r.Election.Identity == leaders[0]));
    }

    /// <summary>Waits for something; a clock that stands still is moved on meanwhile, half a second at a time.</summary>
    public async Task UntilAsync(Task happened)
    {
        while (_time is FakeTimeProvider fake && !happened.IsCompleted)
        {
            fake.Advance(TimeSpan.FromSeconds(0.5));
            // Replicas and server work on real threads and sockets: they need a moment of real time.
            await Task.WhenAny(happened, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        await happened;
    }

    public async ValueTask DisposeAsync()
    {
        Server.Faults.Clear();
        await UntilAsync(Task.WhenAll(Replicas.Select(r => r.DisposeAsync().AsTask())));
        await Server.DisposeAsync();
    }
}
