using LeaseElection.Diagnostics;
using LeaseElection.Election.Inputs;
using LeaseElection.Leases;

namespace LeaseElection.Runtime.Requests;

/// <summary>One watch: turns the store's signals into inputs until another watch replaces it.</summary>
internal sealed class WatchRun : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Gets the task of the loop; it never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Start(ILeaseStore store, long fromVersion, RequestReports reports) =>
        Completion = RunAsync(store, fromVersion, reports, _stop.Token);

    // Its callbacks are foreign code too (of a credential provider, of a handler), so they never run on the loop.
    public void Stop() => ForeignCallbacks.Cancel(_stop);

    public void Dispose() => _stop.Dispose();

    private static async Task RunAsync(ILeaseStore store, long fromVersion, RequestReports reports, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var signal in store.WatchAsync(fromVersion, cancellationToken).ConfigureAwait(false))
            {
                if (cancellationToken.IsCancellationRequested)
                    return;
                Tell(reports, signal);
            }
        }
        catch (OperationCanceledException)
        {
            // Replaced, or the election is over.
        }
        catch (Exception error) // A defect in a store must not end the election.
        {
            reports.Trouble.Failed("watch", ForeignExceptions.MessageOf(error));
            Fails(reports);
            reports.Post(new ElectionInput.WatchExpired()); // Unlike a failing watch, it does not resume by itself.
        }
    }

    private static void Tell(RequestReports reports, WatchSignal signal)
    {
        // A replacement watch proves its health by its first event.
        if (signal is WatchSignal.Seen or WatchSignal.Deleted or WatchSignal.Bookmark)
        {
            if (reports.WatchFails)
                Works(reports);
            else if (reports.Monitor?.IsLeading != true)
                reports.Trouble.Heard("watch"); // A standby may send nothing for days: a lost reply would stay the last that health knows.
        }

        switch (signal)
        {
            case WatchSignal.Seen seen:
                reports.Trouble.Saw(seen.Lease);
                reports.Post(new ElectionInput.LeaseSeen(seen.Lease));
                break;
            case WatchSignal.Deleted deleted:
                reports.Post(new ElectionInput.LeaseDeleted(deleted.Version));
                break;
            case WatchSignal.Bookmark:
                reports.Post(new ElectionInput.WatchIdle());
                break;
            case WatchSignal.Expired:
                reports.Post(new ElectionInput.WatchExpired());
                break;
            case WatchSignal.Failing failing:
                if (failing.Rejection is { } rejection)
                    reports.Trouble.Rejected(rejection);
                else
                    reports.Trouble.Failed("watch", failing.Why);
                Fails(reports);
                break;
            case WatchSignal.Recovered:
                Works(reports);
                break;
            default:
                throw new InvalidOperationException($"Unknown watch signal {signal}.");
        }
    }

    private static void Fails(RequestReports reports)
    {
        reports.WatchFails = true;
        reports.Post(new ElectionInput.WatchHealth(Healthy: false));
    }

    private static void Works(RequestReports reports)
    {
        reports.WatchFails = false;
        reports.Trouble.Succeeded("watch");
        reports.Post(new ElectionInput.WatchHealth(Healthy: true));
    }
}
