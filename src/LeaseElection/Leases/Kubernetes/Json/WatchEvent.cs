namespace LeaseElection.Leases.Kubernetes;

/// <summary>What one line of a watch turned out to be.</summary>
internal abstract record WatchEvent
{
    private WatchEvent()
    {
    }

    /// <summary>Something to pass on.</summary>
    /// <param name="Signal">What to say.</param>
    /// <param name="Version">The version to resume from.</param>
    public sealed record Says(WatchSignal Signal, long Version) : WatchEvent;

    /// <summary>About another Lease: the server did not heed the field selector.</summary>
    public sealed record Foreign : WatchEvent;

    /// <summary>The server ends the watch with an error.</summary>
    public sealed record Error(ServerStatus Status) : WatchEvent;

    /// <summary>Not a watch event, or one of no known kind.</summary>
    public sealed record Unreadable(string Why) : WatchEvent;
}
