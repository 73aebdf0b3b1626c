using FailoverDemo.Story;
using LeaseElection;
using LeaseElection.Testing;
using SingletonWorker;

namespace FailoverDemo.Replicas;

/// <summary>One replica: a host after the other, as a pod that is started anew whenever it ends.</summary>
internal sealed class Replica(
    string name, LeaseApiServer server, DemoSettings settings, Recorder recorder, JsonLines? json, TimeProvider time)
    : IReplica, IDisposable
{
    private readonly Connection _connection = new(server, name);
    private readonly CancellationTokenSource _leaving = new();
    private Run? _run;

    public string Name { get; } = name;

    /// <summary>Gets how long the term of this replica goes on without a renewal; zero while it does not lead.</summary>
    public TimeSpan Remaining => Volatile.Read(ref _run)?.Election.Term?.Remaining ?? TimeSpan.Zero;

    /// <summary>Runs until it is told to leave.</summary>
    public async Task RunAsync()
    {
        for (var number = 1; !_leaving.IsCancellationRequested; number++)
        {
            await RunOnceAsync($"{Name}_{number}");
            recorder.Tell(now => new Stopped(now, Name, _leaving.IsCancellationRequested ? null : settings.Pause));
            await Task.Delay(settings.Pause, time, _leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks it to stop for good.</summary>
    public void Leave() => _leaving.Cancel();

    public void Stop()
    {
        recorder.Tell(now => new StopAsked(now, Name));
        Volatile.Read(ref _run)?.Lifetime.StopApplication();
    }

    public void Freeze()
    {
        _connection.Freeze();
        recorder.Tell(now => new Frozen(now, Name));
    }

    public void Thaw()
    {
        if (_connection.Thaw())
            recorder.Tell(now => new Thawed(now, Name));
    }

    public void Dispose() => _leaving.Dispose();

    private async Task RunOnceAsync(string identity)
    {
        var report = new StoryReport(Name, recorder, json is null ? null : new JsonReport(new(identity), time, json));
        using var log = new StoryLogger(Name, recorder);
        using var host = ReplicaHost.Build(settings.HostArguments, identity, _connection.Configuration, report, log);
        await host.StartAsync(CancellationToken.None);
        Volatile.Write(
            ref _run,
            new(host.Services.GetRequiredService<ILeaderElection>(), host.Services.GetRequiredService<IHostApplicationLifetime>()));
        await host.WaitForShutdownAsync(_leaving.Token);
        Volatile.Write(ref _run, null);
    }

    private sealed record Run(ILeaderElection Election, IHostApplicationLifetime Lifetime);
}
