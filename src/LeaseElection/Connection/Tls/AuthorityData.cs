using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Exceptions;

namespace LeaseElection.Connection.Tls;

/// <summary>Stands in for the reader of certificate-authority-data until it comes.</summary>
internal static class AuthorityData
{
    public static FixedAuthorities Read(string data, string source)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(data)));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new KubeConfigException($"'certificate-authority-data' of {source} cannot be used: {e.Message}", e);
        }

        return certificates.Count > 0
            ? new(certificates, source)
            : throw new KubeConfigException($"'certificate-authority-data' of {source} has no certificate.");
    }
}
