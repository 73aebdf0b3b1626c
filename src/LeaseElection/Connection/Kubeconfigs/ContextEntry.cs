namespace LeaseElection.Connection.Kubeconfigs;

/// <summary>A context: which cluster, as which user, in which namespace.</summary>
/// <param name="File">The file that says so; paths are absolute everywhere.</param>
/// <param name="Name">Its name; empty where it has none.</param>
internal sealed record ContextEntry(string File, string Name)
{
    public int Line { get; init; }

    /// <summary>Gets what messages call it.</summary>
    public string Shown => EntryPlace.Show("context", Name, File, Line);

    public string? Cluster { get; init; }

    public string? User { get; init; }

    public string? Namespace { get; init; }
}
