using LeaseElection.Diagnostics;

namespace LeaseElection.Runtime.Loop;

/// <summary>
/// Logs once, after a few seconds, that a caller waits for leadership in a host that has not started. A service that awaits leadership in
/// its StartAsync keeps the host from starting, and nothing else would say why.
/// </summary>
internal sealed class StartHint(ElectorContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private int _isSaid;
    private volatile bool _begun;

    /// <summary>The host has started, and the election begins.</summary>
    public void Begun() => _begun = true;

    /// <summary>A caller waits, with this task.</summary>
    public void Watch(Task waiting)
    {
        if (!_begun && !waiting.IsCompleted)
            _ = CleanContext.Run(() => WatchAsync(waiting));
    }

    private async Task WatchAsync(Task waiting)
    {
        await waiting.WaitAsync(Patience, context.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_begun && !waiting.IsCompleted && Interlocked.Exchange(ref _isSaid, 1) == 0)
            ElectionLog.WaitsForStart(context.Logger, context.Lease, Patience);
    }
}
