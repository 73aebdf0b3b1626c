namespace LeaseElection.Connection.Credentials;

/// <summary>Nobody: what a kubeconfig without a user sends.</summary>
internal sealed class AnonymousCredentials : ICredentialProvider
{
    public static AnonymousCredentials This { get; } = new();

    public string? WaitsFor => null;

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(Credential.Anonymous);

    public ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken) => new((Credential?)null);

    public void Dispose()
    {
        // It holds nothing.
    }
}
