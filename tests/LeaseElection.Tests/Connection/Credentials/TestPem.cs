using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Tests.Connection.Credentials;

/// <summary>Client certificates as PEM.</summary>
internal static class TestPem
{
    /// <summary>A certificate of its own with its key.</summary>
    public static (string Certificate, string Key) Sign(string name, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Self(name, key, until);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public static X509Certificate2 Self(string name, ECDsa key, DateTimeOffset? until = null) =>
        new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), until ?? new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static X509Certificate2 Self(string name, RSA key) =>
        new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
