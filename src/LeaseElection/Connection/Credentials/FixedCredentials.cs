using System.Text;

namespace LeaseElection.Connection.Credentials;

/// <summary>Credentials that never change.</summary>
internal sealed class FixedCredentials(Credential credential) : ICredentialProvider
{
    public string? WaitsFor => null;

    public static FixedCredentials Bearer(string token) => new(new($"Bearer {token}"));

    public static FixedCredentials Basic(string userName, string? password) =>
        new(new($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"))}"));

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(credential);

    public ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken) => new((Credential?)null);

    public void Dispose()
    {
        // It holds nothing.
    }
}
