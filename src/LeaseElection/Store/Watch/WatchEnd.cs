using LeaseElection.Leases;

namespace LeaseElection.Store.Watch;

/// <summary>How one connection of a watch ended.</summary>
internal abstract record WatchEnd
{
    private WatchEnd()
    {
    }

    /// <summary>After it had worked: connect again at once.</summary>
    public sealed record Worked : WatchEnd;

    /// <summary>The version to go on from is gone.</summary>
    public sealed record Expired : WatchEnd;

    /// <summary>It never worked: connect again after a while.</summary>
    public sealed record Failed(string Why, TimeSpan? RetryAfter = null, Rejection? Rejection = null) : WatchEnd;
}
