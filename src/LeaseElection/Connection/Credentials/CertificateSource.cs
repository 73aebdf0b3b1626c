using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Credentials;

/// <summary>
/// Reads a client certificate and its key, of which at least one is a file. Whoever renews the files replaces one after the other: a pair
/// that does not fit is a failure, which leaves the last one in use, and is read again.
/// </summary>
/// <param name="owner">Whose they are, for people.</param>
/// <param name="certificate">The certificate, with its intermediates.</param>
/// <param name="key">Its private key.</param>
/// <param name="machine">Where the files are.</param>
/// <param name="storage">How a key is stored on Windows.</param>
internal sealed class CertificateSource(
    string owner, PemText certificate, PemText key, ISystemEnvironment machine, X509KeyStorageFlags? storage = null) : ICredentialSource
{
    private (string Certificate, string Key, Credential Credential)? _last;

    public string Name => $"the client certificate of {owner}";

    public RenewalPace Pace => RenewalPace.OfFiles;

    public Task<FetchedCredential> FetchAsync(CancellationToken cancellationToken) =>
        OwnThread.RunAsync(() => new FetchedCredential(Read()));

    /// <summary>Reads both on this thread.</summary>
    /// <exception cref="CredentialException">They cannot be read, or do not fit.</exception>
    public Credential Read()
    {
        var (certificateText, keyText) = (certificate.Read(machine), key.Read(machine));
        if (_last is { } last && last.Certificate == certificateText && last.Key == keyText)
            return last.Credential;
        try
        {
            var read = new Credential(null, ClientCertificate.Of(certificateText, keyText, storage));
            _last = (certificateText, keyText, read);
            return read;
        }
        catch (CryptographicException e)
        {
            throw new CredentialException(
                $"The client certificate of {owner} ({Place(certificate)}, {Place(key)}) cannot be used: {e.Message}", e);
        }
    }

    private static string Place(PemText text) => text.Path is { } path ? $"{text.Field} '{path}'" : text.Field;
}
