namespace LeaseElection.Composition;

/// <summary>Keeps Leases: a cluster, or this process. One for each host, or for each of its elections.</summary>
internal interface ILeaseKeeper
{
    /// <summary>Finds where an election's Lease is kept. Nothing is sent.</summary>
    /// <param name="request">Which Lease, and for whom.</param>
    /// <returns>The Lease.</returns>
    KeptLease Find(LeaseRequest request);
}
