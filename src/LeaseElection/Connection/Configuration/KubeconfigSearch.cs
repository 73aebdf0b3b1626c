using LeaseElection.Connection.Kubeconfigs;

namespace LeaseElection.Connection.Configuration;

/// <summary>What came of looking for a kubeconfig in one place.</summary>
/// <param name="Looked">Where, and what is there, for people.</param>
internal sealed record KubeconfigSearch(string Looked)
{
    /// <summary>Gets the kubeconfig; null: there is none.</summary>
    public KubeconfigFile? File { get; init; }

    /// <summary>Gets how messages name the files.</summary>
    public string Shown { get; init; } = "";

    /// <summary>Gets what a Warning says where another place is used instead; null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Gets a value indicating whether the home folder's kubeconfig may be used instead.</summary>
    public bool ElseHome { get; init; } = true;
}
