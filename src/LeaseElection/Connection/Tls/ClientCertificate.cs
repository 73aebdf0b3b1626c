using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Exceptions;

namespace LeaseElection.Connection.Tls;

/// <summary>The certificate by which we say who we are. Another object is another connection.</summary>
internal sealed class ClientCertificate
{
    private ClientCertificate(X509Certificate2 leaf, X509Certificate2Collection chain)
    {
        Context = SslStreamCertificateContext.Create(leaf, chain, offline: true);
        Expires = new(leaf.NotAfter.ToUniversalTime());
    }

    public SslStreamCertificateContext Context { get; }

    /// <summary>Gets until when it is good, by the wall clock.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>Makes one of PEM texts: the certificate with its intermediates, and its key.</summary>
    /// <exception cref="CryptographicException">They cannot be used; the message says why.</exception>
    public static ClientCertificate Of(string certificate, string key, X509KeyStorageFlags? storage = null)
    {
        ClientKeyRules.Check(certificate, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        try
        {
#pragma warning disable CA2000 // Lives as long as the context.
            return new(Storable(X509Certificate2.CreateFromPem(certificate, key), storage), chain);
#pragma warning restore CA2000
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw ClientKeyRules.Explain(chain, e);
        }
    }

    /// <summary>Loads that of a configuration; files win over data, as in KubernetesClient, whose own loader is internal.</summary>
    /// <returns>Null when the configuration names none.</returns>
    /// <exception cref="KubeConfigException">It is named, and cannot be loaded.</exception>
    public static ClientCertificate? Load(KubernetesClientConfiguration configuration)
    {
        try
        {
            var certificate = Pem(configuration.ClientCertificateFilePath, configuration.ClientCertificateData);
            var key = Pem(configuration.ClientKeyFilePath, configuration.ClientCertificateKeyData);
            return certificate is null || key is null ? null : Of(certificate, key, configuration.ClientCertificateKeyStoreFlags);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or FormatException or CryptographicException or ArgumentException)
        {
            throw new KubeConfigException($"The client certificate in the Kubernetes configuration cannot be loaded: {e.Message}", e);
        }
    }

    private static string? Pem(string? path, string? data) => (path, data) switch
    {
        ({ Length: > 0 }, _) => File.ReadAllText(path),
        (_, { Length: > 0 }) => Encoding.UTF8.GetString(Convert.FromBase64String(data)),
        _ => null,
    };

    // Windows cannot use a key that lives in memory alone for TLS; a round trip through PKCS#12 gives it a place.
    private static X509Certificate2 Storable(X509Certificate2 leaf, X509KeyStorageFlags? storage) => !OperatingSystem.IsWindows() ? leaf
        : X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null, storage ?? X509KeyStorageFlags.DefaultKeySet);
}
