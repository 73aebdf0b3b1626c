namespace LeaseElection.Testing;

/// <summary>A fault at work. Disposing of it ends that, and lets go the requests that it holds.</summary>
/// <remarks>All members may be used from any thread.</remarks>
public sealed class FaultHandle : IDisposable
{
    private readonly Action<FaultHandle> _remove;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private int _hits;

    internal FaultHandle(FaultRule rule, Action<FaultHandle> remove)
    {
        Rule = rule;
        _remove = remove;
    }

    /// <summary>Gets how often it has hit: a request, a watch, or for faults of events an event.</summary>
    public int Hits
    {
        get
        {
            lock (_gate)
                return _hits;
        }
    }

    internal FaultRule Rule { get; }

    /// <summary>Gets a task that ends when this is disposed.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Waits until it has hit so often.</summary>
    /// <param name="hits">How often, from 1 on.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when it has.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="InvalidOperationException">
    /// What chooses its requests threw, which is the inner exception; it has not hit so often yet.
    /// </exception>
    public async Task UntilHitAsync(int hits = 1, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (_hits >= hits)
                    return;
                if (_failure is not null)
                {
                    throw new InvalidOperationException(
                        "The function that says which requests this fault hits threw an exception.", _failure);
                }

                news = _news.Task;
            }

            await news.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the fault, and lets go what it holds. Again: nothing.</summary>
    public void Dispose()
    {
        _ended.TrySetResult(); // First: a listener to the removal looks whether it is over.
        _remove(this);
    }

    /// <summary>Takes one hit, if the rule has one left for this request.</summary>
    internal Fault? Take(LeaseApiRequest request, Func<Fault, bool> kinds)
    {
        lock (_gate)
        {
            try
            {
                var fault = Rule.Draw(request, _hits, kinds);
                if (fault is not null)
                {
                    _hits++;
                    Tell();
                }

                return fault;
            }
            catch (Exception error) // Of the test's own function: the request fails, and the test that waits for the hit gets the reason.
            {
                _failure = error;
                Tell();
                throw;
            }
        }
    }

    // Under the lock; those who wait go on elsewhere.
    private void Tell()
    {
        _news.SetResult();
        _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
