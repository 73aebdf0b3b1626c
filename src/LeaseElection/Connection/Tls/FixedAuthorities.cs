using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Connection.Tls;

/// <summary>Authorities that never change.</summary>
internal sealed class FixedAuthorities(X509Certificate2Collection certificates, string source) : IAuthorities
{
    public string Source => source;

    public X509Certificate2Collection Read() => certificates;
}
