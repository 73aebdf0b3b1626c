using k8s.Exceptions;

namespace LeaseElection.Connection.Tls;

/// <summary>Reads a kubeconfig's <c>certificate-authority-data</c>: the base64 form of a PEM file.</summary>
internal static class AuthorityData
{
    private const string Field = "certificate-authority-data";
    private const string PemMark = "-----BEGIN ";
    private const byte AsnSequence = 0x30; // what a certificate in DER form begins with

    /// <param name="data">The field's value.</param>
    /// <param name="source">Where the field is, for people.</param>
    /// <exception cref="KubeConfigException">It has no certificate. The machine's own authorities never stand in for it.</exception>
    public static FixedAuthorities Read(string data, string source)
    {
        if (data.Contains(PemMark, StringComparison.Ordinal))
            throw Refused(source, "is PEM text itself, without base64 around it");
        var bytes = new byte[data.Length];
        if (!Convert.TryFromBase64String(data, bytes, out var length))
            throw Refused(source, "is no base64");
        var text = bytes.AsSpan(0, length);
        var certificates = PemCertificates.Read(text);
        return certificates.Count > 0
            ? new(certificates, $"'{Field}' of {source}")
            : throw Refused(source, $"is base64 of {Describe(text)}");
    }

    private static string Describe(ReadOnlySpan<byte> text)
    {
        if (text.Trim(" \r\n\t"u8).IsEmpty)
            return "nothing";
        if (text.IndexOf("PRIVATE KEY-----"u8) >= 0)
            return "a private key";
        if (text.IndexOf("-----BEGIN "u8) >= 0)
            return "PEM text in which no certificate can be read";
        return text[0] == AsnSequence ? "a certificate in DER form, and not in PEM form" : "something that is no PEM text";
    }

    private static KubeConfigException Refused(string source, string what) => new(
        $"'{Field}' of {source} {what}. It must be the base64 form of a PEM file that has at least one certificate: "
        + $"write the output of 'base64 -w0 ca.crt' there, or name the file itself in 'certificate-authority'.");
}
