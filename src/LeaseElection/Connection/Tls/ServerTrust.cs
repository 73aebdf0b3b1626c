using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Connection.Tls;

/// <summary>
/// Whether the server's certificate is to be trusted. KubernetesClient's own callback does not look at the host's name when the
/// authority is the cluster's; this one does, as client-go does (<c>TlsServerName</c> says which name, where it differs).
/// </summary>
/// <param name="skipVerify">Trust anybody: the configuration says so.</param>
/// <param name="authorities">The cluster's own authorities; null to trust the machine's alone.</param>
internal sealed class ServerTrust(bool skipVerify, X509Certificate2Collection? authorities)
{
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        skipVerify || errors == SslPolicyErrors.None
        || (errors == SslPolicyErrors.RemoteCertificateChainErrors
            && certificate is X509Certificate2 server
            && IsSignedByAuthority(server, chain));

    private bool IsSignedByAuthority(X509Certificate2 server, X509Chain? presented)
    {
        if (authorities is null)
            return false;
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities);
        policy.RevocationMode = X509RevocationMode.NoCheck; // cluster authorities publish no revocation lists
        if (presented is not null)
            policy.ExtraStore.AddRange(presented.ChainElements.Select(element => element.Certificate).ToArray());

        // An authority need not be self-signed to be trusted, so an "unknown" end is allowed, but it has to be one of ours.
        policy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return chain.Build(server)
            && authorities.Any(authority => authority.RawDataMemory.Span.SequenceEqual(End(chain).RawDataMemory.Span));
    }

    private static X509Certificate2 End(X509Chain chain) => chain.ChainElements[^1].Certificate;
}
