namespace LeaseElection.Hosting.Work;

/// <summary>
/// Acts once when a token is cancelled: by its wait handle, which is set before any callback runs, or by a callback, whichever comes first.
/// </summary>
internal sealed class TokenSignal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Action> _acts = [];
    private readonly CancellationTokenRegistration _callback;
    private readonly RegisteredWaitHandle? _wait;
    private bool _isOver;

    public TokenSignal(CancellationToken token)
    {
        if (!token.CanBeCanceled)
            return;
        _callback = token.UnsafeRegister(static state => ((TokenSignal)state!).Act(), this);
        _wait = ThreadPool.UnsafeRegisterWaitForSingleObject(
            token.WaitHandle, static (state, _) => ((TokenSignal)state!).Act(), this, Timeout.Infinite, executeOnlyOnce: true);
    }

    /// <summary>Runs this when the token is cancelled; now, if it already is.</summary>
    public void Add(Action act)
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _acts.Add(act);
                return;
            }
        }

        act();
    }

    /// <summary>Runs the acts, once: the token is cancelled, or about to be.</summary>
    public void Act()
    {
        // Under the lock, so that the later of the two signals waits until the acts are done. They are ours, and short.
        lock (_gate)
        {
            _isOver = true;
            foreach (var act in _acts)
                act();
            _acts.Clear();
        }
    }

    public void Dispose()
    {
        _callback.Unregister();
        _wait?.Unregister(null);
    }
}
