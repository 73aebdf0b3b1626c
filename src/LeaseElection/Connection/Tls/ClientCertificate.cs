using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Exceptions;

namespace LeaseElection.Connection.Tls;

/// <summary>
/// The certificate by which we say who we are (KubernetesClient's own loader is internal). Files win over data, as there.
/// </summary>
internal sealed class ClientCertificate
{
    private ClientCertificate(SslStreamCertificateContext context) => Context = context;

    public SslStreamCertificateContext Context { get; }

    /// <summary>Loads it.</summary>
    /// <returns>Null when the configuration names none.</returns>
    /// <exception cref="KubeConfigException">It is named, and cannot be loaded.</exception>
    public static ClientCertificate? Load(KubernetesClientConfiguration configuration)
    {
        try
        {
            var certificate = Pem(configuration.ClientCertificateFilePath, configuration.ClientCertificateData);
            var key = Pem(configuration.ClientKeyFilePath, configuration.ClientCertificateKeyData);
            return certificate is null || key is null
                ? null
                : new(CreateContext(certificate, key, configuration.ClientCertificateKeyStoreFlags));
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

    private static SslStreamCertificateContext CreateContext(string certificate, string key, X509KeyStorageFlags? flags)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
#pragma warning disable CA2000 // Lives as long as the context.
        var leaf = X509Certificate2.CreateFromPem(certificate, key);
#pragma warning restore CA2000

        // Windows cannot use a key that lives in memory alone for TLS; a round trip through PKCS#12 gives it a place.
        if (OperatingSystem.IsWindows())
            leaf = X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null, flags ?? X509KeyStorageFlags.DefaultKeySet);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }
}
