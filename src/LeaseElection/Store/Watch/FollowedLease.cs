using LeaseElection.Leases;

namespace LeaseElection.Store.Watch;

/// <summary>One Lease of a shared watch: who reads of it, and what somebody who does not read yet has missed. Used under the watch's lock.</summary>
internal sealed class FollowedLease(string name)
{
    public string Name => name;

    public List<WatchReader> Readers { get; } = [];

    /// <summary>Gets or sets how many elections of this process there are on it; each reads, but for the time from its read of the Lease to its watch.</summary>
    public int Elections { get; set; }

    /// <summary>Gets or sets the last that was said while not every election was reading.</summary>
    public WatchSignal? Missed { get; set; }

    public void Take(WatchSignal signal)
    {
        foreach (var reader in Readers)
            reader.Take(signal);
        Missed = Readers.Count < Elections ? signal : null;
    }

    public void Join(WatchReader reader)
    {
        Readers.Add(reader);
        if (Missed is not { } missed)
            return;
        reader.Take(missed); // It knows what is older than its own read.
        if (missed is WatchSignal.Expired)
            Missed = null; // It reads, and comes back: not to be sent to read again.
    }
}
