namespace LeaseElection.Connection.Kubeconfigs;

/// <summary>A user: by what a request says who sends it.</summary>
/// <param name="File">The file that says so.</param>
/// <param name="Name">Its name; empty where it has none.</param>
internal sealed record UserEntry(string File, string Name)
{
    public int Line { get; init; }

    /// <summary>Gets what messages call it.</summary>
    public string Shown => EntryPlace.Show("user", Name, File, Line);

    /// <summary>Gets a path, absolute, as all paths here.</summary>
    public string? ClientCertificate { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKey { get; init; }

    public string? ClientKeyData { get; init; }

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? As { get; init; }

    public string? AsUid { get; init; }

    public IReadOnlyList<string> AsGroups { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> AsUserExtra { get; init; } = [];

    /// <summary>Gets the name of an <c>auth-provider</c>, which no client has any more; null for none.</summary>
    public string? AuthProvider { get; init; }

    public ExecEntry? Exec { get; init; }
}
