using System.Net;

namespace LeaseElection.Connection.Proxies;

/// <summary>One proxy for everything: whether the server is reached through it was decided when the server was known.</summary>
/// <param name="address">Without user and password.</param>
/// <param name="caller">The user and password that the address had; null for none.</param>
internal sealed class ChosenProxy(Uri address, NetworkCredential? caller) : IWebProxy
{
    public ICredentials? Credentials { get; set; } = caller;

    public Uri GetProxy(Uri destination) => address;

    public bool IsBypassed(Uri host) => false;

    public override string ToString() => address.GetLeftPart(UriPartial.Authority);
}
