using System.Runtime.CompilerServices;

namespace LeaseElection.Runtime.Terms;

/// <summary>
/// What everybody may see: one immutable state, swapped by the pump alone and read by any thread, and the chain of changes that
/// watchers follow, each at its own pace.
/// </summary>
internal sealed class LeadershipState
{
    private Entry _latest = new(new());

    public LeadershipChange Latest => Volatile.Read(ref _latest).Change;

    /// <summary>Gets the term that goes on right now, whatever was published; null when none does.</summary>
    public LeadershipTerm? Term => Latest.Term is { IsActive: true } term ? term : null;

    public string? LeaderIdentity
    {
        get
        {
            var latest = Latest;
            // A term that expired a moment ago leads nobody, though the pump may not have said so yet.
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

        // Watchers are users' code: never run on the pump.
        public TaskCompletionSource<Entry?> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
