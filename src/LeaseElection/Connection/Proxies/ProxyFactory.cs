using System.Net;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Proxies;

/// <summary>Stands in for the rules of proxies until they come.</summary>
internal static class ProxyFactory
{
    public static IWebProxy? Create(string? proxyUrl, Uri server, ISystemEnvironment machine) =>
        string.IsNullOrEmpty(proxyUrl) ? HttpClient.DefaultProxy : new WebProxy(proxyUrl);
}
