namespace LeaseElection.Connection.Kubeconfigs;

/// <summary>One kubeconfig, or several merged: what it says, not yet whether that can be used.</summary>
internal sealed record KubeconfigFile
{
    public string? CurrentContext { get; init; }

    public IReadOnlyList<ContextEntry> Contexts { get; init; } = [];

    public IReadOnlyList<ClusterEntry> Clusters { get; init; } = [];

    public IReadOnlyList<UserEntry> Users { get; init; } = [];
}
