namespace LeaseElection.Runtime;

/// <summary>
/// Announces this replica's terms to the cluster, besides the Lease: for people and for routing, never for safety. The election's loop
/// makes the calls, in order; they return at once and never throw, whatever the server does.
/// </summary>
internal interface ITermAnnouncer
{
    /// <summary>A term has begun.</summary>
    void TermBegan(LeadershipTerm term, string leaseUid);

    /// <summary>The term has ended.</summary>
    void TermEnded(LeadershipTerm term, TermEndReason reason);

    /// <summary>The run is over: what is left to announce is sent now, or not at all.</summary>
    /// <returns>A task that ends soon, also when the server is silent.</returns>
    Task EndRunAsync();
}
