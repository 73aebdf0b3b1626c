namespace LeaseElection.Hosting;

/// <summary>One election of a host, as it was registered.</summary>
internal sealed class ElectionRegistration(string name)
{
    public string Name => name;

    /// <summary>Gets or sets the Lease (namespace/name), once it is known.</summary>
    public string? Lease { get; set; }

    /// <summary>Gets the parts of the leader's work, in the order in which they start.</summary>
    public List<LeaderWork> Works { get; } = [];
}
