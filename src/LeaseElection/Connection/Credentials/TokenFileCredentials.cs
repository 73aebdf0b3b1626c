using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Credentials;

/// <summary>
/// The token in a file: read again in the background, a second after the last time, when a request comes, and on a 401. A file that
/// cannot be read, or is empty, leaves the last token in use.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="machine">Where it is.</param>
/// <param name="time">The clock; its monotonic one alone is asked.</param>
/// <param name="fallback">The token until the file can be read; null for none.</param>
internal sealed class TokenFileCredentials(string path, ISystemEnvironment machine, TimeProvider time, string? fallback = null)
    : ICredentialProvider
{
    private readonly CredentialRenewal _renewal = new(new TokenFileSource(path, fallback, machine), time);

    public string? WaitsFor => _renewal.WaitsFor;

    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => _renewal.GetAsync(cancellationToken);

    public ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken) =>
        _renewal.RenewAsync(refused, cancellationToken);

    public void Dispose() => _renewal.Dispose();
}
