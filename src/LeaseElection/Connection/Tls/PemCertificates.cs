using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LeaseElection.Connection.Tls;

/// <summary>
/// Reads the certificates of a PEM text. Comments, keys, and blocks that are no certificate are passed over, as kubectl passes them over.
/// </summary>
internal static class PemCertificates
{
    private const string Label = "CERTIFICATE";

    public static X509Certificate2Collection Read(ReadOnlySpan<byte> text)
    {
        var found = new X509Certificate2Collection();
        ReadOnlySpan<char> rest = Encoding.UTF8.GetString(text);
        while (PemEncoding.TryFind(rest, out var block))
        {
            if (rest[block.Label].SequenceEqual(Label) && TryLoad(rest[block.Base64Data]) is { } certificate)
                found.Add(certificate);
            rest = rest[block.Location.End..];
        }

        return found;
    }

    private static X509Certificate2? TryLoad(ReadOnlySpan<char> base64)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(base64.ToString()));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
