using LeaseElection.Leases;

namespace LeaseElection.Store.Watch;

/// <summary>
/// One Lease of a shared watch: its readers, and what an election that is not reading has missed. Used under the watch's lock.
/// </summary>
internal sealed class FollowedLease(string name)
{
    public string Name => name;

    public List<WatchReader> Readers { get; } = [];

    /// <summary>
    /// Gets or sets how many elections of this process follow it; each reads, except between its read of the Lease and its watch.
    /// </summary>
    public int Elections { get; set; }

    /// <summary>Gets or sets the last signal that came while not every election was reading.</summary>
    public WatchSignal? Missed { get; set; }

    public void Take(WatchSignal signal)
    {
        foreach (var reader in Readers)
            reader.Take(signal);
        // Of two that were missed the second is not the next thing that happened: whoever missed them has to read.
        Missed = Readers.Count >= Elections ? null : Missed is null ? signal : new WatchSignal.Expired();
    }

    public void Join(WatchReader reader)
    {
        Readers.Add(reader);
        if (Missed is not { } missed)
            return;
        reader.Take(missed); // It ignores what is older than its own read.
        if (missed is WatchSignal.Expired || Readers.Count >= Elections)
            Missed = null; // The reader reads the Lease and comes back: do not send it to read again.
    }
}
