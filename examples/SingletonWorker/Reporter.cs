using LeaseElection;

namespace SingletonWorker;

/// <summary>Reports what the replica sees of the election, from its start to its end.</summary>
internal sealed class Reporter(ILeaderElection election, IReport report) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watching = WatchAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        report.Say(ReportEvent.Started, leader: null, fencingToken: null, reason: null);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After every StoppingAsync, and so after the election has been left.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _watching;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        report.Say(ReportEvent.Stopped, leader: null, fencingToken: null, reason: null);
        return Task.CompletedTask;
    }

    public void Dispose() => _stop.Dispose();

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        string? last = null;
        try
        {
            await foreach (var change in election.WatchAsync(cancellationToken))
            {
                if (change.LeaderIdentity == last)
                    continue;
                last = change.LeaderIdentity;
                report.Say(ReportEvent.Leader, last, change.Term?.FencingToken, change.EndReason);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }
}
