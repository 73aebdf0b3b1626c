using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>An authority and another one, servers of good and of bad names, and a client. Made once.</summary>
internal static class TestCertificates
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1", ClientUsage = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2049, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly X509Certificate2 Root = Authority("reference authority", null);
    private static readonly X509Certificate2 Middle = Authority("reference intermediate", Root);

    private static readonly SslStreamCertificateContext Good = Server("good", "localhost", "*.reference.test", "kubernetes.default");

    /// <summary>What is presented to a client that asks for a name; every other name gets the good one.</summary>
    private static readonly Dictionary<string, SslStreamCertificateContext> ByName = new(StringComparer.Ordinal)
    {
        ["cn-only.test"] = Context(Sign(Root, "cn-only.test", ServerUsage, [], From, To)),
        ["other-name.test"] = Context(Sign(Root, "other-name.test", ServerUsage, ["elsewhere.test"], From, To)),
        ["expired.test"] = Context(Sign(Root, "expired", ServerUsage, ["expired.test"], From, From.AddYears(1))),
        ["future.test"] = Context(Sign(Root, "future", ServerUsage, ["future.test"], To.AddYears(-1), To)),
        ["client-only.test"] = Context(Sign(Root, "client-only", ClientUsage, ["client-only.test"], From, To)),
        ["chained.test"] = Context(Sign(Middle, "chained", ServerUsage, ["chained.test"], From, To), Middle),
        ["unchained.test"] = Context(Sign(Middle, "unchained", ServerUsage, ["unchained.test"], From, To)),
    };

    public static X509Certificate2 Other { get; } = Authority("another authority", null);

    public static X509Certificate2 Intermediate => Middle;

    public static X509Certificate2 Client { get; } = Sign(Root, "alice", ClientUsage, [], From, To);

    public static X509Certificate2 SecondClient { get; } = Sign(Root, "bob", ClientUsage, [], From, To);

    public static string RootPem { get; } = Root.ExportCertificatePem() + "\n";

    public static SslStreamCertificateContext For(string name) => ByName.GetValueOrDefault(name, Good);

    /// <summary>The key as openssl writes those of elliptic curves; <c>PRIVATE KEY</c> if <paramref name="pkcs8"/>.</summary>
    public static string KeyPem(X509Certificate2 certificate, bool pkcs8 = false)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return (pkcs8 ? key.ExportPkcs8PrivateKeyPem() : key.ExportECPrivateKeyPem()) + "\n";
    }

    private static SslStreamCertificateContext Server(string name, params string[] names) =>
        Context(Sign(Root, name, ServerUsage, names, From, To, IPAddress.Loopback, IPAddress.Any, IPAddress.Parse("fd00::1")));

    private static SslStreamCertificateContext Context(X509Certificate2 leaf, params X509Certificate2[] more) =>
        SslStreamCertificateContext.Create(leaf, [.. more], offline: true);

    private static X509Certificate2 Authority(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (issuer is null)
            return request.CreateSelfSigned(From, To);
        using var signed = request.Create(issuer, From, To, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 Sign(
        X509Certificate2 issuer, string name, string usage, string[] names, DateTimeOffset from, DateTimeOffset to,
        params IPAddress[] addresses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        Array.ForEach(names, alternatives.AddDnsName);
        Array.ForEach(addresses, alternatives.AddIpAddress);
        if (names.Length + addresses.Length > 0)
            request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(usage)], false));
        using var signed = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
