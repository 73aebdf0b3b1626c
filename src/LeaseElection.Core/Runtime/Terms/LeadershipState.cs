using System.Runtime.CompilerServices;

namespace LeaseElection.Runtime.Terms;

/// <summary>
/// What any caller may see: one immutable state, which only the loop replaces and any thread reads, and the chain of changes that watchers
/// follow, each at its own pace.
/// </summary>
internal sealed class LeadershipState
{
    private Entry _latest = new(new());

    public LeadershipChange Latest => Volatile.Read(ref _latest).Change;

    /// <summary>Gets the term that goes on right now, whatever was last published; null when none does.</summary>
    public LeadershipTerm? Term => Latest.Term is { IsActive: true } term ? term : null;

    public string? LeaderIdentity
    {
        get
        {
            var latest = Latest;
            // A term that expired a moment ago has no leader, though the loop may not have published that yet.
            return latest.Term is { IsActive: false } ? null : latest.LeaderIdentity;
        }
    }

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

    public async Task<LeadershipTerm> WaitForTermAsync(string name, CancellationToken cancellationToken)
    {
        await foreach (var change in WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (change.Term is { IsActive: true } term)
                return term;
        }

        throw new OperationCanceledException($"The election '{name}' is over here: its elector was disposed.");
    }

    private sealed class Entry(LeadershipChange change)
    {
        public LeadershipChange Change { get; } = change;

        // Watchers are users' code, which never runs on the loop.
        public TaskCompletionSource<Entry?> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
