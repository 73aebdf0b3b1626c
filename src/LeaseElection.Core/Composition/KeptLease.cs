using LeaseElection.Leases;
using LeaseElection.Runtime;

namespace LeaseElection.Composition;

/// <summary>One Lease at its keeper.</summary>
/// <param name="Shown">The Lease as people write it: namespace/name.</param>
/// <param name="OpenStore">Opens the store of the Lease; called for every run.</param>
internal sealed record KeptLease(string Shown, Func<ILeaseStore> OpenStore)
{
    /// <summary>Gets who tells the cluster of terms besides the Lease.</summary>
    public IReadOnlyList<ITermAnnouncer> Announcers { get; init; } = [];

    /// <summary>Gets the line about where the Lease is, logged at the host's start; null: none.</summary>
    public Action? SayWhere { get; init; }
}
