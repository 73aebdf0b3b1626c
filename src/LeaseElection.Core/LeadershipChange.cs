namespace LeaseElection;

/// <summary>Who leads now. One of a sequence: see <see cref="ILeaderElection.WatchAsync"/>.</summary>
public sealed record LeadershipChange
{
    /// <summary>Gets the identity of the leader, as observed; null when no leader is known.</summary>
    public string? LeaderIdentity { get; init; }

    /// <summary>Gets a value indicating whether this replica led when the change was observed.</summary>
    public bool IsLeader => Term is not null;

    /// <summary>Gets our term if we lead; null otherwise. Its <see cref="LeadershipTerm.IsActive"/> tells whether we still do.</summary>
    public LeadershipTerm? Term { get; init; }

    /// <summary>Gets why our last term ended; null while one goes on, or before the first.</summary>
    public TermEndReason? EndReason { get; init; }
}
