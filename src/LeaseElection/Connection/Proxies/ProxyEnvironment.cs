using k8s.Exceptions;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Proxies;

/// <summary>
/// The environment's proxy by Go's rules: the variable in capitals goes first, an empty one counts as unset, and neither the loopback
/// address nor what NO_PROXY names is reached through a proxy.
/// </summary>
internal static class ProxyEnvironment
{
    private const string Cgi = "REQUEST_METHOD";

    /// <exception cref="KubeConfigException">The variable that counts for this server has no usable proxy.</exception>
    public static ChosenProxy? Find(Uri server, ISystemEnvironment machine)
    {
        var secure = server.Scheme == Uri.UriSchemeHttps;
        var (name, value) = First(machine, secure ? "HTTPS_PROXY" : "HTTP_PROXY", secure ? "https_proxy" : "http_proxy");
        if (value is null || new NoProxyList(First(machine, "NO_PROXY", "no_proxy").Value).Names(server.IdnHost, server.Port))
            return null;

        // In a CGI program the variable may come from a request's Proxy header.
        if (!secure && First(machine, Cgi, Cgi).Value is not null)
            throw new KubeConfigException(
                $"The environment variable {name} is set, and {Cgi} too, as in a CGI program, where anybody who sends a request can set "
                + $"{name}. It is not used: unset one of them, or name the proxy in the kubeconfig's 'proxy-url'.");
        return ProxyAddress.Parse(value, $"The environment variable {name}", mayLackScheme: true);
    }

    private static (string Name, string? Value) First(ISystemEnvironment machine, string capitals, string small) =>
        machine.Variable(capitals) is { Length: > 0 } first ? (capitals, first)
            : machine.Variable(small) is { Length: > 0 } second ? (small, second)
            : (capitals, null);
}
