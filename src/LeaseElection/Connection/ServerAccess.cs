using System.Net;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection;

/// <summary>How to reach one API server, and as whom. Never changed; elections that were given the same one share a connection.</summary>
internal sealed record ServerAccess
{
    /// <summary>Gets the server's address, which may have a path (a proxy before several clusters); it ends in a slash.</summary>
    public required Uri Server { get; init; }

    /// <summary>Gets where this was found, for people.</summary>
    public required string Source { get; init; }

    public required AccessKind Kind { get; init; }

    /// <summary>Gets a value indicating whether the kubeconfig is a pod's, by KUBECONFIG: no person's way into a cluster.</summary>
    public bool IsDeployed { get; init; }

    /// <summary>Gets what a Warning at start says of how this was found, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets the kubeconfig's context; null where there is none.</summary>
    public string? Context { get; init; }

    /// <summary>Gets the namespace that the source names; null when it names none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Gets the name that the server's certificate must have and that SNI asks for, where it is not the address's.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Gets a value indicating whether any certificate of the server is accepted.</summary>
    public bool SkipVerify { get; init; }

    /// <summary>Gets the only authorities that are trusted; null: the machine's.</summary>
    public IAuthorities? Authorities { get; init; }

    /// <summary>Gets what makes the provider of credentials for one connection, which owns it.</summary>
    public Func<TimeProvider, ICredentialProvider> OpenCredentials { get; init; } = static _ => AnonymousCredentials.This;

    /// <summary>Gets the headers by which each request acts as somebody else.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Impersonation { get; init; } = [];

    /// <summary>Gets the proxy; null: none, and none of the environment either.</summary>
    public IWebProxy? Proxy { get; init; }

    public string? UserAgent { get; init; }

    public bool DisableHttp2 { get; init; }

    /// <summary>Gets the application's own changes to the handler; made before our timeouts are set.</summary>
    public Action<SocketsHttpHandler>? Setup { get; init; }
}
