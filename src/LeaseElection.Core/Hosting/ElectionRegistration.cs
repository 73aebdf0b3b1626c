using LeaseElection.Composition;
using LeaseElection.Hosting.Work;

namespace LeaseElection.Hosting;

/// <summary>One election of a host, as it was registered.</summary>
internal sealed class ElectionRegistration(string name)
{
    /// <summary>
    /// Gets the name given in code, which is also that of the options and the key of the services. Empty where the configuration or the
    /// host names the election.
    /// </summary>
    public string Name => name;

    /// <summary>Gets the name as messages show it.</summary>
    public string Shown => name.Length > 0 ? $"'{name}'" : "without a name";

    /// <summary>Gets where its settings are in the configuration.</summary>
    public string Section => name.Length > 0 ? $"LeaderElection:Leases:{name}" : "LeaderElection";

    /// <summary>Gets or sets the Lease (namespace/name), once it is known.</summary>
    public string? Lease { get; set; }

    /// <summary>Gets or sets what makes the keeper of this election alone; called once for a host. Null: the host's own keeper.</summary>
    public Func<IServiceProvider, ILeaseKeeper>? Keeper { get; set; }

    /// <summary>Gets the parts of the leader's work, in the order in which they start.</summary>
    public List<LeaderWork> Works { get; } = [];
}
