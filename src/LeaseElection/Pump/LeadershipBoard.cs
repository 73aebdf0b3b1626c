using System.Runtime.CompilerServices;

namespace LeaseElection.Pump;

/// <summary>
/// What everybody may see: one immutable state, swapped by the pump alone and read by any thread, and the chain of changes that
/// watchers follow, each at its own pace.
/// </summary>
internal sealed class LeadershipBoard
{
    private Entry _latest = new(new());

    public LeadershipChange Latest => Volatile.Read(ref _latest).Change;

    public void Publish(LeadershipChange change)
    {
        var entry = new Entry(change);
        var before = _latest;
        Volatile.Write(ref _latest, entry);
        before.Next.TrySetResult(entry);
    }

    /// <summary>No more changes will come.</summary>
    public void Close() => _latest.Next.TrySetResult(null);

    public async IAsyncEnumerable<LeadershipChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var entry = Volatile.Read(ref _latest); entry is not null;)
        {
            yield return entry.Change;
            entry = await entry.Next.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Entry(LeadershipChange change)
    {
        public LeadershipChange Change { get; } = change;

        // Watchers are users' code: never run on the pump.
        public TaskCompletionSource<Entry?> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
