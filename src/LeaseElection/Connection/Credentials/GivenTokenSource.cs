using k8s.Authentication;
using LeaseElection.Connection.Machine;
using LeaseElection.Diagnostics;

namespace LeaseElection.Connection.Credentials;

/// <summary>
/// Asks a token provider of the application, which may run a program or ask a server first; KubernetesClient's own for plugins does so
/// synchronously, and for as long as the plugin takes.
/// </summary>
internal sealed class GivenTokenSource(ITokenProvider provider) : ICredentialSource
{
    public string Name => $"the token provider {provider.GetType().Name}";

    public RenewalPace Pace => RenewalPace.OfApplications;

    public async Task<FetchedCredential> FetchAsync(CancellationToken cancellationToken)
    {
        // Its callbacks must not run where the connection is closed.
        using var stop = new CancellationTokenSource();
        using var stopping = cancellationToken.UnsafeRegister(static stop => _ = ((CancellationTokenSource)stop!).CancelAsync(), stop);
        try
        {
            var asked = await OwnThread.RunAsync(() => provider.GetAuthenticationHeaderAsync(stop.Token)).ConfigureAwait(false);
            var header = await asked.ConfigureAwait(false);
            return new(new(header?.ToString()));
        }
        catch (Exception e)
        {
            throw new CredentialException($"{Name} failed: {ForeignExceptions.MessageOf(e)}", e);
        }
    }
}
