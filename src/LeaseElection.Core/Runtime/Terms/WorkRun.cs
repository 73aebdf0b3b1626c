namespace LeaseElection.Runtime.Terms;

/// <summary>The work of one term: runs on the thread pool, and reports its failures and its end (S6).</summary>
internal sealed class WorkRun(TermBody body, HeldTerm term, TermKeeper terms) : IWorkReport
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _failed;

    /// <summary>Gets a task that ends with the work, and never fails.</summary>
    public Task Ended => _ended.Task;

    // Task.Run, so that work that blocks before its first await blocks a thread of the pool, not ours.
    public void Start() => _ = Task.Run(RunAsync, CancellationToken.None);

    public void Failed(Exception error) => terms.WorkFailed(term, error);

    public void Completed() => terms.WorkCompleted(term);

    private async Task RunAsync()
    {
        try
        {
            await BodyAsync().ConfigureAwait(false);
            if (!_failed && term.EndReason is null)
                Completed();
        }
        finally
        {
            terms.WorkEnded(term);
            _ended.TrySetResult();
        }
    }

    private async Task BodyAsync()
    {
        try
        {
            // The term may end before a thread is free: then the work never starts.
            if (term.IsActive)
                await body(term, this).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (term.EndReason is not null)
        {
            // Stopped because the term ended.
        }
        catch (Exception error) // User code may throw anything. It has ended, and the loop must know.
        {
            _failed = true;
            Failed(error);
        }
    }
}
