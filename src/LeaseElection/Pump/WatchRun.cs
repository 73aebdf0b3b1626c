using LeaseElection.Diagnostics;
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

    // Its callbacks are foreign code too (a credential provider's, a handler's): never on the loop.
    public void Stop() => ForeignCallbacks.Cancel(_stop);

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
        catch (Exception error) // A defect in a store must not end the election.
        {
            pump.Trouble.Failed("watch", ForeignExceptions.MessageOf(error));
            Fails(pump);
            pump.Post(new ElectionInput.WatchExpired()); // It does not go on by itself, as one that fails does.
        }
    }

    private static void Tell(ElectionPump pump, WatchSignal signal)
    {
        // One that took the place of a failing watch has nothing to recover from, and does not say that it works but by what it brings.
        if (signal is WatchSignal.Seen or WatchSignal.Deleted or WatchSignal.Bookmark)
        {
            if (pump.WatchFails)
                Works(pump);
            else if (pump.Monitor?.IsLeading != true)
                pump.Trouble.Heard("watch"); // A standby may send nothing for days: a lost reply would stay the last that health knows.
        }

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
                Fails(pump);
                break;
            case WatchSignal.Recovered:
                Works(pump);
                break;
            default:
                throw new InvalidOperationException($"Unknown watch signal {signal}.");
        }
    }

    private static void Fails(ElectionPump pump)
    {
        pump.WatchFails = true;
        pump.Post(new ElectionInput.WatchHealth(Healthy: false));
    }

    private static void Works(ElectionPump pump)
    {
        pump.WatchFails = false;
        pump.Trouble.Succeeded("watch");
        pump.Post(new ElectionInput.WatchHealth(Healthy: true));
    }
}
