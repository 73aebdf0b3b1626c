using LeaseElection.Composition;
using LeaseElection.Diagnostics;

namespace LeaseElection.Standalone;

/// <summary>Keeps Leases in this process's memory: each election leads, whatever other processes do. The log says so.</summary>
internal sealed class StandaloneKeeper : ILeaseKeeper
{
    public KeptLease Find(LeaseRequest request)
    {
        ElectionLog.Standalone(request.Logger, request.Name);
        // The Lease outlives its stores: the host's start opens a store only to see whether it can.
        var lease = new StandaloneLease(request.Time);
        // No cluster is looked for, not even for the namespace.
        return new($"{request.Options.Namespace ?? "default"}/{request.Name} (standalone)", () => new StandaloneLeaseStore(lease));
    }
}
