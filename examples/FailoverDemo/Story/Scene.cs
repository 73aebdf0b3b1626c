namespace FailoverDemo.Story;

/// <summary>All that is shown at one moment. Never changes.</summary>
internal sealed record Scene
{
    public required TimeSpan Now { get; init; }

    public required Timings Timings { get; init; }

    /// <summary>Gets a value indicating whether anything has happened: nothing has where no replica could start.</summary>
    public bool HasBegun => Happenings.Count > 0;

    /// <summary>Gets who leads; null when nobody does.</summary>
    public LeaderScene? Leader { get; init; }

    /// <summary>Gets since when nobody leads: the begin, or the end of the last term's work.</summary>
    public TimeSpan LeaderlessSince { get; init; }

    /// <summary>Gets when the Lease of a leader that fell silent expires; null while somebody leads, and after a release.</summary>
    public TimeSpan? LeaseExpires { get; init; }

    /// <summary>Gets how many terms there were.</summary>
    public int Terms { get; init; }

    /// <summary>Gets how many terms began in another: none, if all is well.</summary>
    public int Overlaps { get; init; }

    /// <summary>Gets what will be done next; null when nothing is planned.</summary>
    public Planned? Next { get; init; }

    public required IReadOnlyList<ReplicaScene> Replicas { get; init; }

    /// <summary>Gets the failovers, the latest last.</summary>
    public required IReadOnlyList<Failover> Failovers { get; init; }

    /// <summary>Gets the latest lines, the newest last.</summary>
    public required IReadOnlyList<Happening> Happenings { get; init; }
}

/// <summary>The leader at one moment.</summary>
/// <param name="Replica">Its name.</param>
/// <param name="Term">How many terms there were, with this one.</param>
/// <param name="FencingToken">The term's.</param>
/// <param name="Since">When its work began.</param>
/// <param name="Worked">How often it has worked.</param>
/// <param name="NextRenewal">How long until the next renewal; below zero when it is late.</param>
/// <param name="Remaining">How long the term goes on without one.</param>
/// <param name="IsFrozen">The API server answers it nothing.</param>
internal sealed record LeaderScene(
    string Replica, int Term, long FencingToken, TimeSpan Since, long Worked, TimeSpan NextRenewal, TimeSpan Remaining, bool IsFrozen);

/// <summary>One replica at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">What it does.</param>
/// <param name="Past">What it did, in steps of the same length; the last step is the current one.</param>
internal sealed record ReplicaScene(string Name, ReplicaState State, IReadOnlyList<ReplicaState> Past);
