using LeaseElection.Election;
using LeaseElection.Leases;

namespace LeaseElection.Pump;

/// <summary>One watch: turns the store's signals into inputs until it is replaced by another.</summary>
internal sealed class WatchRun : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Gets the task of the loop; it never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Start(ILeaseStore store, long fromVersion, ElectionPump pump) => Completion = RunAsync(store, fromVersion, pump, _stop.Token);

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    private static async Task RunAsync(ILeaseStore store, long fromVersion, ElectionPump pump, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var signal in store.WatchAsync(fromVersion, cancellationToken).ConfigureAwait(false))
            {
                if (cancellationToken.IsCancellationRequested)
                    return;
                Tell(pump, signal);
            }
        }
        catch (OperationCanceledException)
        {
            // Replaced, or the election is over.
        }
        catch (Exception error) // A defect in a store must not end the election: it reads instead.
        {
            pump.Trouble.Failed("watch", error.Message);
            pump.Post(new ElectionInput.WatchHealth(Healthy: false));
        }
    }

    private static void Tell(ElectionPump pump, WatchSignal signal)
    {
        switch (signal)
        {
            case WatchSignal.Seen seen:
                pump.Post(new ElectionInput.LeaseSeen(seen.Lease));
                break;
            case WatchSignal.Deleted deleted:
                pump.Post(new ElectionInput.LeaseDeleted(deleted.Version));
                break;
            case WatchSignal.Bookmark:
                pump.Post(new ElectionInput.WatchIdle());
                break;
            case WatchSignal.Expired:
                pump.Post(new ElectionInput.WatchExpired());
                break;
            case WatchSignal.Failing failing:
                if (failing.Rejection is { } rejection)
                    pump.Trouble.Rejected(rejection);
                else
                    pump.Trouble.Failed("watch", failing.Why);
                pump.Post(new ElectionInput.WatchHealth(Healthy: false));
                break;
            case WatchSignal.Recovered:
                pump.Trouble.Succeeded("watch");
                pump.Post(new ElectionInput.WatchHealth(Healthy: true));
                break;
            default:
                throw new InvalidOperationException($"Unknown watch signal {signal}.");
        }
    }
}
