using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Connection.Tls;

/// <summary>Tells why no way leads from a server's certificate to an authority.</summary>
internal static class UnknownIssuer
{
    private const int MostNames = 5;

    /// <param name="server">The server's certificate.</param>
    /// <param name="sent">What else the server sent.</param>
    /// <param name="authorities">Those that are trusted.</param>
    /// <param name="source">Where these come from; null: the machine's.</param>
    public static string Describe(
        X509Certificate2 server, X509Certificate2Collection sent, X509Certificate2Collection authorities, string? source)
    {
        var top = Top(server, sent);
        var signer = top.Issuer == top.Subject ? $"it is signed by itself ('{top.Subject}')" : $"its issuer is '{top.Issuer}'";
        if (source is null)
            return $"{signer}, which this machine does not trust. Name the cluster's authority: 'certificate-authority-data' or "
                + "'certificate-authority' in a kubeconfig, SslCaCerts in a KubernetesClientConfiguration.";
        if (authorities.Any(authority => authority.Subject == top.Issuer))
            return $"{signer}, and the authority of that name in {source} has another key. The cluster's authority was replaced, "
                + "or this is another cluster: take the authority of this server's cluster.";
        return $"{signer}, and {source} has {Listed(authorities)}. Take the authority of this server's cluster"
            + (top.Issuer == top.Subject
                ? "."
                : $", or, where '{top.Issuer}' is an intermediate one, let the server send its certificate.");
    }

    // The last whose issuer was not sent.
    private static X509Certificate2 Top(X509Certificate2 server, X509Certificate2Collection sent)
    {
        var top = server;
        for (var left = sent.Count; left > 0 && top.Issuer != top.Subject; left--)
        {
            if (sent.FirstOrDefault(certificate => certificate.Subject == top.Issuer) is not { } next)
                break;
            top = next;
        }

        return top;
    }

    private static string Listed(X509Certificate2Collection authorities) =>
        string.Join(", ", authorities.Take(MostNames).Select(static authority => $"'{authority.Subject}'"))
        + (authorities.Count > MostNames
            ? string.Create(CultureInfo.InvariantCulture, $" and {authorities.Count - MostNames} more")
            : "");
}
