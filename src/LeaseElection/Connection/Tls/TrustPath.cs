using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Connection.Tls;

/// <summary>
/// The way from a server's certificate up to one that is trusted. Each authority is tried by itself: after a cluster's authority is
/// renewed, a bundle has two of one name, and the platform's search would settle for the first.
/// </summary>
/// <param name="Certificates">The server's first, the trusted one last.</param>
/// <param name="Fault">Why there is none, for people; null when there is.</param>
internal sealed record TrustPath(IReadOnlyList<X509Certificate2> Certificates, string? Fault)
{
    // Not about trust (which is ours to decide) or about times (which are compared with our own clock).
    private const X509ChainStatusFlags Elsewhere =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotTimeValid
        | X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    public static TrustPath Find(X509Certificate2 server, X509Certificate2Collection sent, IAuthorities? authorities)
    {
        if (authorities is null)
            return OfMachine(server, sent);
        var anchors = authorities.Read();
        var issuers = sent.Append(server).Select(static certificate => certificate.Issuer).ToHashSet(StringComparer.Ordinal);
        TrustPath? broken = null;
        foreach (var anchor in anchors.Where(anchor => issuers.Contains(anchor.Subject) || Same(anchor, server)))
        {
            if (To(anchor, server, sent) is not { } path)
                continue;
            if (path.Fault is null)
                return path;
            broken ??= path;
        }

        return broken ?? Nowhere(UnknownIssuer.Describe(server, sent, anchors, authorities.Source));
    }

    private static TrustPath? To(X509Certificate2 anchor, X509Certificate2 server, X509Certificate2Collection sent)
    {
        using var chain = NewChain(sent);
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(anchor);

        // An authority that another one signed may be trusted all the same, as in Go: what comes after it does not matter.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.Build(server);
        var end = chain.ChainElements.ToList().FindIndex(element => Same(element.Certificate, anchor));
        return end < 0 ? null : Upto(chain, end + 1, Elsewhere);
    }

    private static TrustPath OfMachine(X509Certificate2 server, X509Certificate2Collection sent)
    {
        using var chain = NewChain(sent);
        chain.Build(server);
        var ends = chain.ChainElements
            .SelectMany(static element => element.ChainElementStatus)
            .Any(static status => (status.Status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0);
        return ends
            ? Nowhere(UnknownIssuer.Describe(server, sent, [], null))
            : Upto(chain, chain.ChainElements.Count, Elsewhere);
    }

    private static X509Chain NewChain(X509Certificate2Collection sent)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // cluster authorities publish no revocation lists
        chain.ChainPolicy.DisableCertificateDownloads = true; // a handshake waits for no third server
        return chain;
    }

    private static TrustPath Upto(X509Chain chain, int count, X509ChainStatusFlags ignored)
    {
        var elements = chain.ChainElements.Take(count).ToList();
        var fault = elements
            .SelectMany(static element => element.ChainElementStatus.Select(status => (element.Certificate, status)))
            .Where(found => (found.status.Status & ~ignored) != 0)
            .Select(static found => Describe(found.Certificate, found.status))
            .FirstOrDefault();
        return new([.. elements.Select(static element => element.Certificate)], fault);
    }

    private static string Describe(X509Certificate2 certificate, X509ChainStatus status) =>
        (status.Status & X509ChainStatusFlags.NotSignatureValid) != 0
            ? $"'{certificate.Subject}' names '{certificate.Issuer}' as its issuer, and is not signed by the key of that authority. "
                + "The cluster's authority was replaced, or this is another cluster: take the authority of this server's cluster."
            : $"'{certificate.Subject}' cannot be used here ({status.Status}): {status.StatusInformation} Issue it anew.";

    private static TrustPath Nowhere(string fault) => new([], fault);

    private static bool Same(X509Certificate2 one, X509Certificate2 other) =>
        one.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);
}
