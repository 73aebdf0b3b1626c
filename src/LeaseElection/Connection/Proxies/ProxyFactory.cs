using System.Net;
using k8s.Exceptions;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Proxies;

/// <summary>Decides through which proxy a server is reached, as kubectl does.</summary>
internal static class ProxyFactory
{
    private const string Field = "proxy-url";

    /// <param name="proxyUrl">
    /// The kubeconfig's <c>proxy-url</c>, which goes before the environment, NO_PROXY too; null or empty for none.
    /// </param>
    /// <param name="server">The API server.</param>
    /// <param name="machine">Whose environment counts otherwise.</param>
    /// <returns>Null: no proxy.</returns>
    /// <exception cref="KubeConfigException">A proxy is named that cannot be used.</exception>
    public static IWebProxy? Create(string? proxyUrl, Uri server, ISystemEnvironment machine) =>
        string.IsNullOrEmpty(proxyUrl)
            ? ProxyEnvironment.Find(server, machine)
            : ProxyAddress.Parse(proxyUrl, $"The kubeconfig's '{Field}'", mayLackScheme: false);
}
