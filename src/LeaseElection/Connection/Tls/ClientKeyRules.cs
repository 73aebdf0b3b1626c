using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Connection.Tls;

/// <summary>Says what is wrong with a client certificate or its key, where the platform says only that something is.</summary>
internal static class ClientKeyRules
{
    private const string Rsa = "1.2.840.113549.1.1.1", EllipticCurve = "1.2.840.10045.2.1";

    private static readonly string[] KeyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

    /// <exception cref="CryptographicException">One of them cannot be used.</exception>
    public static void Check(string certificate, string key)
    {
        if (!HasBlock(certificate, "CERTIFICATE"))
            throw new CryptographicException(
                "there is no certificate in PEM (-----BEGIN CERTIFICATE-----) where the certificate should be.");
        if (HasBlock(key, "ENCRYPTED PRIVATE KEY") || key.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            throw new CryptographicException(
                "the private key is encrypted, and nobody is here to type its passphrase: "
                + "decrypt it with 'openssl pkey -in <file> -out <file>'.");
        if (!KeyLabels.Any(label => HasBlock(key, label)))
            throw new CryptographicException("there is no private key in PEM (-----BEGIN PRIVATE KEY-----) where the key should be.");
    }

    /// <summary>Names the likely cause of a failure to bring both together.</summary>
    public static CryptographicException Explain(X509Certificate2Collection chain, Exception cause) =>
        chain.Count > 0 && chain[0].GetKeyAlgorithm() is not (Rsa or EllipticCurve)
            ? new($"the certificate's key is of a kind ({chain[0].PublicKey.Oid.FriendlyName ?? chain[0].GetKeyAlgorithm()}) "
                + "that .NET cannot use for TLS: use RSA or ECDSA.", cause)
            : new($"the certificate and the key do not belong together, or one of them is damaged ({cause.Message}).", cause);

    private static bool HasBlock(string text, string label) => text.Contains($"-----BEGIN {label}-----", StringComparison.Ordinal);
}
