using TestingYourWorker.App;

namespace TestingYourWorker;

/// <summary>One replica of the service: a host of its own, in this process, on the embedded API server.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly LeaseApiServer _server;
    private readonly IHost _host;

    public Replica(string name, LeaseApiServer server, ILedger ledger, TimeProvider time, Action<LeaderElectionOptions>? configure)
    {
        (Name, _server) = (name, server);
        // A user of its own, with the permissions of docs/operations.md: faults can then hit this replica alone.
        var user = server.AddUser(name, "get", "watch", "create", "update");
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(server.CreateConfiguration(user)); // Instead of the pod's service account.
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(ledger);
        builder.Services.AddInvoicing(); // As Program.cs does.
        builder.Services.AddLeaderElection("invoicing", configure); // The same election again: a test may want other settings.
        _host = builder.Build();
        Election = _host.Services.GetRequiredService<ILeaderElection>();
    }

    public string Name { get; }

    public ILeaderElection Election { get; }

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Stops as a pod does on SIGTERM: drains the work, releases the Lease.</summary>
    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Crashes, as far as the others can tell: from now on they hear nothing of it, and it hears nothing of them.</summary>
    public void CutOff()
    {
        _server.Faults.Add(Fault.BlackHole(), request => request.User == Name); // What it asks is never answered.
        _server.Faults.Add(Fault.StallWatch(), request => request.User == Name); // What it watches says nothing more.
    }

    /// <summary>Waits until this replica knows who leads.</summary>
    public async Task<string> LeaderAsync()
    {
        await foreach (var change in Election.WatchAsync(TestContext.Current.CancellationToken))
        {
            if (change.LeaderIdentity is { } leader)
                return leader;
        }

        throw new InvalidOperationException("The host has stopped.");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
    }
}
