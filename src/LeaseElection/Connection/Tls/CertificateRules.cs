using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Connection.Tls;

/// <summary>What one certificate says of itself: when it is valid, for whom, and for what use. A fault comes with its fix.</summary>
internal static class CertificateRules
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string AnyUse = "2.5.29.37.0";
    private const int MostNames = 10;

    public static string? TimeFault(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (from, until) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        if (now > until)
            return $"'{certificate.Subject}' expired at {Text(until)}, and it is {Text(now)} by this machine's clock. "
                + "Renew the certificate; 'kubeadm certs renew' or the cluster's provider does it.";
        return now < from
            ? $"'{certificate.Subject}' is valid from {Text(from)}, and it is {Text(now)} by this machine's clock. "
                + "Set the clock of this machine, or that of the machine which made the certificate."
            : null;
    }

    /// <summary>Subject alternative names alone count, as in Go; the common name does not.</summary>
    public static string? NameFault(X509Certificate2 certificate, string name)
    {
        if (Matches(certificate, name))
            return null;
        var names = NamesOf(certificate);
        return names.Count == 0
            ? $"it has no subject alternative name, and must have '{name}'. The common name in '{certificate.Subject}' does not count: "
                + $"issue a certificate with the subject alternative name '{name}'."
            : $"it is for {Listed(names)}, and not for '{name}'. Use one of these names in the server's address or in 'tls-server-name', "
                + $"or issue a certificate with the subject alternative name '{name}'.";
    }

    /// <summary>A certificate without the extension may be used for anything.</summary>
    public static string? UsageFault(X509Certificate2 certificate)
    {
        var uses = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(static extension => extension.EnhancedKeyUsages.Cast<Oid>())
            .ToList();
        return uses.Count == 0 || uses.Exists(static use => use.Value is ServerUse or AnyUse)
            ? null
            : $"'{certificate.Subject}' is not for servers: its extended key usage is "
                + $"{string.Join(", ", uses.Select(static use => use.FriendlyName ?? use.Value))}. "
                + "Issue the server's certificate with the usage 'TLS web server authentication' (serverAuth).";
    }

    private static bool Matches(X509Certificate2 certificate, string name)
    {
        try
        {
            return certificate.MatchesHostname(name.TrimEnd('.'), allowWildcards: true, allowCommonName: false);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false; // not a name, or names that cannot be read
        }
    }

    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        try
        {
            return [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static names =>
                names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(static address => address.ToString())))];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static string Listed(List<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(static name => $"'{name}'"))
        + (names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "");

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
