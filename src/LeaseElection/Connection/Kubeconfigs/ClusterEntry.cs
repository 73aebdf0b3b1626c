namespace LeaseElection.Connection.Kubeconfigs;

/// <summary>A cluster: where its API server is, and how it is known.</summary>
/// <param name="File">The file that says so.</param>
/// <param name="Name">Its name; empty where it has none.</param>
internal sealed record ClusterEntry(string File, string Name)
{
    public int Line { get; init; }

    /// <summary>Gets what messages call it.</summary>
    public string Shown => EntryPlace.Show("cluster", Name, File, Line);

    public string? Server { get; init; }

    public string? TlsServerName { get; init; }

    public bool SkipTlsVerify { get; init; }

    /// <summary>Gets the path of <c>certificate-authority</c>, absolute.</summary>
    public string? Authority { get; init; }

    /// <summary>Gets <c>certificate-authority-data</c>: base64 of PEM.</summary>
    public string? AuthorityData { get; init; }

    public string? ProxyUrl { get; init; }

    public bool DisableCompression { get; init; }

    /// <summary>
    /// Gets the JSON of the extension <c>client.authentication.k8s.io/exec</c>, which a plugin with provideClusterInfo gets as
    /// <c>spec.cluster.config</c>; null for none.
    /// </summary>
    public string? ExecConfig { get; init; }
}
