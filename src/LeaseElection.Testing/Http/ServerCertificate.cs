using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Testing.Http;

/// <summary>
/// A throw-away certificate authority, and a certificate for 127.0.0.1 and localhost that it signed. Nothing is kept on disk.
/// </summary>
internal sealed class ServerCertificate : IDisposable
{
    // Far enough for any clock that a test may set, and no secret worth less time.
    private static readonly DateTimeOffset NotBefore = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NotAfter = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private ServerCertificate(X509Certificate2 certificate, string authorityPem)
    {
        Certificate = certificate;
        AuthorityPem = authorityPem;
    }

    /// <summary>Gets the server's certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Gets the authority's certificate, in PEM.</summary>
    public string AuthorityPem { get; }

    public static ServerCertificate Create()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=LeaseElection.Testing throw-away authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var authority = request.CreateSelfSigned(NotBefore, NotAfter);
        return new(CreateServer(authority), authority.ExportCertificatePem());
    }

    /// <summary>What a client has to trust: the authority's certificate, a new one for each caller, which keeps the collection.</summary>
    public X509Certificate2Collection CreateTrust()
    {
        var trust = new X509Certificate2Collection();
        trust.ImportFromPem(AuthorityPem);
        return trust;
    }

    public void Dispose() => Certificate.Dispose();

    private static X509Certificate2 CreateServer(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], critical: false)); // TLS servers.
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var certificate = request.Create(authority, NotBefore, NotAfter, RandomNumberGenerator.GetBytes(16));
        using var withKey = certificate.CopyWithPrivateKey(key);
        // Not every platform's TLS takes a key that lives in memory alone.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
    }
}
