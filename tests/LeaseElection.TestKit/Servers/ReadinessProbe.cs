using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.TestKit;

/// <summary>Asks a server whether it is ready, each time on a new connection.</summary>
internal static class ReadinessProbe
{
    private static readonly TimeSpan PerRequest = TimeSpan.FromSeconds(5);

    public static async Task<bool> AskAsync(Uri address, string? token, string? certificate, CancellationToken cancellationToken)
    {
        try
        {
            using var handler = new SocketsHttpHandler { UseProxy = false };
            if (certificate is not null)
                handler.SslOptions.CertificateChainPolicy = Trusting(certificate);
            using var client = new HttpClient(handler);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

            using var timeout = new CancellationTokenSource(PerRequest, TimeProvider.System);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            using var response = await client.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or CryptographicException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false; // Not up yet, or its certificate is not (wholly) written yet.
        }
    }

    private static X509ChainPolicy Trusting(string certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(certificate);
        return policy;
    }
}
