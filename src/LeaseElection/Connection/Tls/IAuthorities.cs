using System.Security.Cryptography.X509Certificates;

namespace LeaseElection.Connection.Tls;

/// <summary>The authorities of a cluster: the only ones that its server's certificate may come from.</summary>
internal interface IAuthorities
{
    /// <summary>Gets where they come from, for people.</summary>
    string Source { get; }

    /// <summary>The certificates as they are now: a file is read again when it has changed. From any thread.</summary>
    X509Certificate2Collection Read();
}
