namespace LeaseElection.Runtime;

/// <summary>
/// Tells the cluster of this replica's terms, besides the Lease: for people and for routing, never for safety. The calls come from the election's one
/// loop, in order; they return at once and never throw, whatever the server does.
/// </summary>
internal interface ITermAnnouncer
{
    /// <summary>A term has begun.</summary>
    void TermBegan(LeadershipTerm term, string leaseUid);

    /// <summary>It has ended.</summary>
    void TermEnded(LeadershipTerm term, TermEndReason reason);

    /// <summary>The run is over: what is still to be said is said now, or not at all.</summary>
    /// <returns>A task that ends soon, also when the server is silent.</returns>
    Task EndRunAsync();
}
