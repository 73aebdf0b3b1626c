using LeaseElection.Composition;
using LeaseElection.Diagnostics;

namespace LeaseElection.Standalone;

/// <summary>Keeps Leases in this process's memory: each election leads whatever other processes do. Says so in the log.</summary>
internal sealed class StandaloneKeeper : ILeaseKeeper
{
    public KeptLease Find(LeaseRequest request)
    {
        ElectionLog.Standalone(request.Logger, request.Name);
        // It outlives the stores: the host's start opens one to see whether it can.
        var lease = new StandaloneLease(request.Time);
        // No cluster is looked for, not even for the namespace.
        return new($"{request.Options.Namespace ?? "default"}/{request.Name} (standalone)", () => new StandaloneLeaseStore(lease));
    }
}
