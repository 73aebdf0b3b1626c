using LeaseElection.Leases;

namespace LeaseElection.Hosting;

/// <summary>One election of a host, as it was registered.</summary>
internal sealed class ElectionRegistration(string name)
{
    public string Name => name;

    /// <summary>Gets or sets the Lease (namespace/name), once it is known.</summary>
    public string? Lease { get; set; }

    /// <summary>
    /// Gets or sets who keeps the Lease instead of a cluster: asked once for a host, answers with what opens the store. Null: the cluster.
    /// </summary>
    public Func<IServiceProvider, Func<ILeaseStore>>? LeaseKeeper { get; set; }

    /// <summary>Gets the parts of the leader's work, in the order in which they start.</summary>
    public List<LeaderWork> Works { get; } = [];
}
