using System.Globalization;
using k8s.Exceptions;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Proxies;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Configuration;

/// <summary>The configuration that a cluster gives to its pods.</summary>
internal static class InClusterConfiguration
{
    private const string Shown = "in-cluster, the pod's service account";

    /// <exception cref="KubeConfigException">It is there and cannot be used.</exception>
    public static ServerAccess? TryLoad(ISystemEnvironment machine, out string looked)
    {
        var (host, port) = (machine.Variable(ServiceAccount.HostVariable), machine.Variable(ServiceAccount.PortVariable));
        var missing = new List<string>();
        if (string.IsNullOrEmpty(host))
            missing.Add($"{ServiceAccount.HostVariable} is not set");
        if (string.IsNullOrEmpty(port))
            missing.Add($"{ServiceAccount.PortVariable} is not set");
        missing.AddRange(
            from path in (string[])[ServiceAccount.Token, ServiceAccount.Authority]
            where !machine.HasFile(path)
            select $"{path} does not exist");
        looked = $"in-cluster ({string.Join(", ", missing)})";
        return missing.Count > 0 ? null : Load(AddressOf(host!, port!), machine);
    }

    private static ServerAccess Load(Uri server, ISystemEnvironment machine)
    {
        var (cluster, user) = (
            new ClusterEntry(ServiceAccount.Authority, Shown) { Server = server.OriginalString, Authority = ServiceAccount.Authority },
            new UserEntry(ServiceAccount.Token, Shown) { TokenFile = ServiceAccount.Token });
        return new()
        {
            Server = server,
            Source = Shown,
            Kind = AccessKind.Pod,
            Authorities = Authorities(machine),
            OpenCredentials = time => CredentialProviders.Open(user, cluster, machine, time),
            Proxy = ProxyFactory.Create(null, server, machine),
        };
    }

    private static Uri AddressOf(string host, string port)
    {
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            throw new KubeConfigException($"{ServiceAccount.PortVariable} is '{port}', which is not a TCP port.");
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new KubeConfigException($"{ServiceAccount.HostVariable} is '{host}', which is neither an address nor a host's name.");
        return new UriBuilder(Uri.UriSchemeHttps, host, number).Uri;
    }

    private static AuthorityFile Authorities(ISystemEnvironment machine)
    {
        try
        {
            return new(ServiceAccount.Authority, machine);
        }
        catch (KubeConfigException e)
        {
            throw new KubeConfigException(
                $"The cluster's certificate authority in {ServiceAccount.Authority} cannot be read: {e.Message}", e);
        }
    }
}
