using System.Security.Cryptography;
using LeaseElection.Connection.Credentials.Plugins;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Credentials;

/// <summary>Runs a credential plugin.</summary>
internal sealed class PluginSource(PluginProgram program, ISystemEnvironment machine, TimeProvider time) : ICredentialSource
{
    private (string Pem, string Key, ClientCertificate Certificate)? _last;

    public string Name => program.Name;

    public RenewalPace Pace => RenewalPace.OfPlugins;

    public async Task<FetchedCredential> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var output = await PluginProcess.RunAsync(program, machine, time, cancellationToken).ConfigureAwait(false);
            var reply = PluginReplyReader.Read(output, program);
            var certificate = CertificateOf(reply);

            // The wall clock is asked here alone, for how long this is good; from now on that is counted by the other.
            var life = Earlier(reply.Expires, certificate?.Expires) - time.GetUtcNow();
            return new(new(reply.Token is { } token ? $"Bearer {token}" : null, certificate), life);
        }
        catch (PluginException e)
        {
            throw new CredentialException(e.Message, e);
        }
    }

    // A new object is a new connection: the same certificate stays the same object.
    private ClientCertificate? CertificateOf(PluginReply reply)
    {
        if (reply is not { Certificate: { } pem, Key: { } key })
            return null;
        if (_last is { } last && last.Pem == pem && last.Key == key)
            return last.Certificate;
        try
        {
            var certificate = ClientCertificate.Of(pem, key);
            _last = (pem, key, certificate);
            return certificate;
        }
        catch (CryptographicException e)
        {
            throw new PluginException($"{program.Name} gave a client certificate that cannot be used: {e.Message}", e);
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;
}
