using LeaseElection.Composition;
using LeaseElection.Leases;

namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>Keeps an election's Lease in a store of the test's.</summary>
internal sealed class StoreKeeper(Func<ILeaseStore> open) : ILeaseKeeper
{
    public KeptLease Find(LeaseRequest request) => new($"default/{request.Name}", open);
}
