using LeaseElection.Election;

namespace LeaseElection.Pump;

/// <summary>The user's work for one term: runs on the thread pool, and tells when all of it has ended (S6).</summary>
internal sealed class WorkRun(Func<LeadershipTerm, CancellationToken, Task> work, LeadershipTerm term, Action<WorkRun> ended)
{
    public LeadershipTerm Term => term;

    public WorkResult Result { get; private set; }

    /// <summary>Gets what the work threw; null when it returned, or stopped because it was told to.</summary>
    public Exception? Error { get; private set; }

    // Task.Run: work that blocks before its first await blocks a thread of the pool, not ours.
    public void Start() => _ = Task.Run(RunAsync, CancellationToken.None);

    private async Task RunAsync()
    {
        try
        {
            // The term may be over before a thread was free: then the work never starts.
            if (term.IsActive)
                await work(term, term.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (term.Token.IsCancellationRequested)
        {
            // Stopped because the term ended.
        }
        catch (Exception error) // Whatever user code throws: it has ended, and that must be known.
        {
            Error = error;
            Result = WorkResult.Failed;
        }

        ended(this);
    }
}
