namespace LeaseElection.Connection.Kubeconfigs;

/// <summary>One kubeconfig, or several merged: what it says, not yet whether that can be used.</summary>
internal sealed record KubeconfigFile
{
    /// <summary>Gets a value indicating whether it names nothing at all: to kubectl, as if there were no kubeconfig.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(CurrentContext) && Contexts.Count + Clusters.Count + Users.Count == 0;

    public string? CurrentContext { get; init; }

    public IReadOnlyList<ContextEntry> Contexts { get; init; } = [];

    public IReadOnlyList<ClusterEntry> Clusters { get; init; } = [];

    public IReadOnlyList<UserEntry> Users { get; init; } = [];
}
