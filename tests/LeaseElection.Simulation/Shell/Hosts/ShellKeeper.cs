using LeaseElection.Composition;
using LeaseElection.Leases;

namespace LeaseElection.Simulation.Shell.Hosts;

/// <summary>Keeps the Lease of a host's election in the world's server.</summary>
internal sealed class ShellKeeper(Func<ILeaseStore> open) : ILeaseKeeper
{
    public KeptLease Find(LeaseRequest request) => new($"default/{request.Name}", open);
}
