using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Connection.Tls;

/// <summary>
/// Whether the certificate of an https proxy is to be trusted. Go asks the cluster's authorities alone; a company's proxy has, as a rule,
/// a certificate that its machines trust, so these authorities count, too. The server behind it is verified by itself in either case.
/// </summary>
/// <param name="peer">The proxy, for people.</param>
/// <param name="name">The DNS name or IP address that its certificate must have.</param>
/// <param name="authorities">The cluster's; null: the machine's.</param>
/// <param name="time">What the times in certificates are compared with.</param>
internal sealed class ProxyTrust(string peer, string name, IAuthorities? authorities, TimeProvider time)
{
    private readonly ServerTrust _machines = new(peer, name, null, time);
    private readonly ServerTrust? _clusters = authorities is null ? null : new(peer, name, authorities, time);

    /// <exception cref="AuthenticationException">The certificate is refused; the message says why, and what to do.</exception>
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_clusters is null)
            return _machines.Validate(sender, certificate, chain, errors);
        var (server, sent) = (certificate as X509Certificate2, ServerTrust.SentWith(chain));
        if (_clusters.FaultOf(server, sent) is { } fault && _machines.FaultOf(server, sent) is not null)
            throw new AuthenticationException(
                $"The certificate of {peer} is refused: {fault} The authorities of this machine do not vouch for it either.");
        return true;
    }
}
