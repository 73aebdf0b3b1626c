namespace LeaseElection.Pump;

/// <summary>The work of one term: runs on the thread pool, and tells of failures and of its end (S6).</summary>
internal sealed class WorkRun(TermBody body, LeadershipTerm term, ElectionDriver driver)
{
    // Task.Run: work that blocks before its first await blocks a thread of the pool, not ours.
    public void Start() => _ = Task.Run(RunAsync, CancellationToken.None);

    private async Task RunAsync()
    {
        try
        {
            // The term may be over before a thread was free: then the work never starts.
            if (term.IsActive)
                await body(term, error => driver.WorkFailed(term, error)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (term.EndReason is not null)
        {
            // Stopped because the term ended.
        }
        catch (Exception error) // Whatever user code throws: it has ended, and that must be known.
        {
            driver.WorkFailed(term, error);
        }

        driver.WorkEnded(term);
    }
}
