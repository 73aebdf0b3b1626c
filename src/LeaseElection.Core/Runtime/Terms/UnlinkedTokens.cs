namespace LeaseElection.Runtime.Terms;

/// <summary>
/// Tokens that are cancelled together, each with a source of its own. A linked token is cancelled by a callback, which needs a thread of
/// the pool and waits behind other callbacks (S9).
/// </summary>
internal sealed class UnlinkedTokens
{
    private readonly Lock _gate = new();
    private CancellationTokenSource[] _sources = [];
    private bool _areCancelled;

    public CancellationToken Create()
    {
#pragma warning disable CA2000 // Users keep tokens as long as they like; without timers there is nothing to dispose of.
        var source = new CancellationTokenSource();
#pragma warning restore CA2000
        lock (_gate)
        {
            if (_areCancelled)
                _ = source.CancelAsync();
            else
                _sources = [.. _sources, source];
        }

        return source.Token;
    }

    /// <summary>Cancels all of them: flags and wait handles on this thread, callbacks on the pool.</summary>
    public void CancelAll()
    {
        CancellationTokenSource[] sources;
        lock (_gate)
        {
            _areCancelled = true;
            (sources, _sources) = (_sources, []);
        }

        foreach (var source in sources)
            _ = source.CancelAsync();
    }
}
