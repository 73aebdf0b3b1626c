using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LeaseElection.Tests.Connection.Tls;

/// <summary>Makes certificates of every kind that a server may show.</summary>
internal static class TestPki
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1", ClientUse = "1.3.6.1.5.5.7.3.2", AnyUse = "2.5.29.37.0";

    public static DateTimeOffset From { get; } = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Until { get; } = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An authority; without an issuer, signed by itself.</summary>
    public static X509Certificate2 Authority(
        string name, X509Certificate2? issuer = null, string[]? uses = null, bool keyIds = true, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key, uses);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (keyIds)
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (issuer is null)
            return request.CreateSelfSigned(From, until ?? Until);
        return Signed(request, issuer, key, From, until ?? Until);
    }

    /// <summary>A server's certificate; without an issuer, signed by itself.</summary>
    public static X509Certificate2 Server(
        X509Certificate2? issuer,
        string[]? names = null,
        string[]? uses = null,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null,
        string subject = "server")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(subject, key, uses);
        if (names is not { Length: 0 })
        {
            var builder = new SubjectAlternativeNameBuilder();
            foreach (var name in names ?? ["127.0.0.1"])
            {
                if (IPAddress.TryParse(name, out var address))
                    builder.AddIpAddress(address);
                else
                    builder.AddDnsName(name);
            }

            request.CertificateExtensions.Add(builder.Build());
        }

        return issuer is null
            ? request.CreateSelfSigned(from ?? From, until ?? Until)
            : Signed(request, issuer, key, from ?? From, until ?? Until);
    }

    /// <summary>The public parts, as in a file.</summary>
    public static byte[] Pem(params X509Certificate2[] certificates) =>
        Encoding.ASCII.GetBytes(string.Join('\n', certificates.Select(static certificate => certificate.ExportCertificatePem())));

    private static CertificateRequest Request(string name, ECDsa key, string[]? uses)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (uses is not null)
        {
            var oids = new OidCollection();
            foreach (var use in uses)
                oids.Add(new Oid(use));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, false));
        }

        return request;
    }

    // By the issuer's key, whatever its own times: the check for those is what some tests are about.
    private static X509Certificate2 Signed(
        CertificateRequest request, X509Certificate2 issuer, ECDsa key, DateTimeOffset from, DateTimeOffset until)
    {
        using var signing = issuer.GetECDsaPrivateKey()!;
        var signer = X509SignatureGenerator.CreateForECDsa(signing);
        using var signed = request.Create(issuer.SubjectName, signer, from, until, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
