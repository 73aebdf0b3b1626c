using LeaseElection.Leases;

namespace LeaseElection.Store.Json;

/// <summary>What one line of a watch turned out to be.</summary>
internal abstract record WatchEvent
{
    private WatchEvent()
    {
    }

    /// <summary>Something to pass on.</summary>
    /// <param name="Name">The Lease that it is about; null for a bookmark.</param>
    /// <param name="Signal">What to say.</param>
    /// <param name="Version">The version to resume from.</param>
    public sealed record Says(string? Name, WatchSignal Signal, long Version) : WatchEvent;

    /// <summary>About a Lease that no election here follows.</summary>
    public sealed record Foreign : WatchEvent;

    /// <summary>The server ends the watch with an error.</summary>
    public sealed record Error(ServerStatus Status) : WatchEvent;

    /// <summary>Not a watch event, or one of no known kind, or a Lease that cannot be understood.</summary>
    /// <param name="Why">What is wrong, for people.</param>
    /// <param name="Name">The Lease; null where that is not known either.</param>
    public sealed record Unreadable(string Why, string? Name = null) : WatchEvent;
}
