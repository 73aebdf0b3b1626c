using k8s;
using k8s.Authentication;
using LeaseElection.Connection.Tls;
using LeaseElection.Diagnostics;

namespace LeaseElection.Connection.Credentials;

/// <summary>The credentials of a KubernetesClientConfiguration that the application made.</summary>
internal sealed class GivenCredentials(KubernetesClientConfiguration configuration, ClientCertificate? certificate) : ICredentialProvider
{
    private readonly ServiceClientCredentials? _credentials = k8s.Kubernetes.CreateCredentials(configuration);

    // Any provider but the service account's may run a program or ask a server first, and some do so synchronously.
    private readonly bool _mayBlock = configuration.TokenProvider is not (null or TokenFileAuth);

    public string? WaitsFor => null;

    public async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        if (_credentials is null)
            return new(null, certificate);
        using var request = new HttpRequestMessage();
        var asked = _mayBlock
            ? Task.Run(() => _credentials.ProcessHttpRequestAsync(request, cancellationToken), cancellationToken)
            : _credentials.ProcessHttpRequestAsync(request, cancellationToken);
        try
        {
            await asked.ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CredentialException(ForeignExceptions.MessageOf(e), e);
        }

        return new(request.Headers.Authorization?.ToString(), certificate);
    }

    public ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken) => new((Credential?)null);

    public void Dispose()
    {
        // The application's own object goes on.
    }
}
