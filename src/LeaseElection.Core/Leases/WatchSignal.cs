namespace LeaseElection.Leases;

/// <summary>What a watch reports.</summary>
internal abstract record WatchSignal
{
    private WatchSignal()
    {
    }

    /// <summary>The Lease exists and is like this (ADDED or MODIFIED).</summary>
    public sealed record Seen(LeaseSnapshot Lease) : WatchSignal;

    /// <summary>The Lease was deleted, at this version.</summary>
    public sealed record Deleted(long Version) : WatchSignal;

    /// <summary>Nothing happened up to this version.</summary>
    public sealed record Bookmark(long Version) : WatchSignal;

    /// <summary>410: the version to resume from is gone. The watch is over; a fresh read must come first.</summary>
    public sealed record Expired : WatchSignal;

    /// <summary>The watch cannot be kept up; it keeps trying, slowly. Reported once until <see cref="Recovered"/>.</summary>
    /// <param name="Why">What went wrong, for people.</param>
    /// <param name="Rejection">Set when the server refuses the watch.</param>
    public sealed record Failing(string Why, Rejection? Rejection) : WatchSignal;

    /// <summary>The watch works again.</summary>
    public sealed record Recovered : WatchSignal;
}
