namespace LeaseElection.Connection.Kubeconfigs;

/// <summary>A context: which cluster, as which user, in which namespace.</summary>
/// <param name="File">The file that says so; paths are absolute everywhere.</param>
/// <param name="Name">Its name.</param>
internal sealed record ContextEntry(string File, string Name)
{
    public string? Cluster { get; init; }

    public string? User { get; init; }

    public string? Namespace { get; init; }
}
