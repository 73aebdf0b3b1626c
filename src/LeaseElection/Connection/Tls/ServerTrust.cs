using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Connection.Tls;

/// <summary>
/// Whether a server's certificate is to be trusted, by the rules of client-go: the names in its subject alternative names alone, the given
/// authorities alone, the times, and the usage, of each certificate from the server's up to the authority's.
/// </summary>
/// <param name="peer">Whom the certificate is to be of, for people.</param>
/// <param name="name">The DNS name or IP address that it must have.</param>
/// <param name="authorities">The only ones to trust; null: the machine's.</param>
/// <param name="time">What the times in certificates are compared with.</param>
internal sealed class ServerTrust(string peer, string name, IAuthorities? authorities, TimeProvider time)
{
    /// <summary>The handler's callback. It throws instead of answering no: the reason is to reach the log.</summary>
    /// <exception cref="AuthenticationException">The certificate is refused; the message says why, and what to do.</exception>
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        FaultOf(certificate as X509Certificate2, SentWith(chain)) is { } fault
            ? throw new AuthenticationException($"The certificate of {peer} is refused: {fault}")
            : true;

    /// <summary>What speaks against it, for people; null when it is trusted.</summary>
    /// <param name="server">The server's certificate.</param>
    /// <param name="sent">The further certificates that the server sent: intermediates, as a rule.</param>
    public string? FaultOf(X509Certificate2? server, X509Certificate2Collection sent)
    {
        if (server is null)
            return "the server sent none.";
        var now = time.GetUtcNow();
        return CertificateRules.TimeFault(server, now)
            ?? CertificateRules.NameFault(server, name)
            ?? PathFault(TrustPath.Find(server, sent, authorities), now);
    }

    /// <summary>What the server sent beside its own certificate.</summary>
    public static X509Certificate2Collection SentWith(X509Chain? chain) =>
        // The elements are what .NET made of it with the authorities of the machine.
        chain is null ? [] : [.. chain.ChainPolicy.ExtraStore, .. chain.ChainElements.Select(static element => element.Certificate)];

    private static string? PathFault(TrustPath path, DateTimeOffset now)
    {
        if (path.Fault is not null)
            return path.Fault;

        // The server's own times were checked before its name.
        var timeFault = path.Certificates.Skip(1).Select(certificate => CertificateRules.TimeFault(certificate, now)).FirstOrDefault(Said);
        return timeFault ?? path.Certificates.Select(CertificateRules.UsageFault).FirstOrDefault(Said);
    }

    private static bool Said(string? fault) => fault is not null;
}
