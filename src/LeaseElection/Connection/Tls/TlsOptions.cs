using System.Net.Security;

namespace LeaseElection.Connection.Tls;

/// <summary>Copies what a handler's TLS options say: the handler's own copy has another name, and other protocols.</summary>
internal static class TlsOptions
{
    public static SslClientAuthenticationOptions Copy(SslClientAuthenticationOptions from, string name) => new()
    {
        TargetHost = name,
        AllowRenegotiation = from.AllowRenegotiation,
        AllowTlsResume = from.AllowTlsResume,
        CertificateChainPolicy = from.CertificateChainPolicy,
        CertificateRevocationCheckMode = from.CertificateRevocationCheckMode,
        CipherSuitesPolicy = from.CipherSuitesPolicy,
        ClientCertificateContext = from.ClientCertificateContext,
        ClientCertificates = from.ClientCertificates,
        EnabledSslProtocols = from.EnabledSslProtocols,
        EncryptionPolicy = from.EncryptionPolicy,
        LocalCertificateSelectionCallback = from.LocalCertificateSelectionCallback,
        RemoteCertificateValidationCallback = from.RemoteCertificateValidationCallback,
    };
}
