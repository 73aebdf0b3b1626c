using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Configuration;

/// <summary>The configuration that a cluster gives to its pods.</summary>
internal static class InClusterConfiguration
{
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
        return missing.Count > 0 ? null : GivenAccess.Of(Load(host!, port!, machine), "in-cluster, the pod's service account", AccessKind.Pod);
    }

    private static KubernetesClientConfiguration Load(string host, string port, ISystemEnvironment machine)
    {
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            throw new KubeConfigException($"{ServiceAccount.PortVariable} is '{port}', which is not a TCP port.");
        return new()
        {
            Host = new UriBuilder(Uri.UriSchemeHttps, host, number).ToString(),
            TokenProvider = new TokenFileAuth(ServiceAccount.Token), // reads the file again: the cluster renews it
            SslCaCerts = Authorities(machine),
            Namespace = KubernetesNamespace.OfServiceAccount(machine),
        };
    }

    private static X509Certificate2Collection Authorities(ISystemEnvironment machine)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(Encoding.UTF8.GetString(machine.ReadFile(ServiceAccount.Authority)));
            return authorities;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException(
                $"The cluster's certificate authority in {ServiceAccount.Authority} cannot be read: {e.Message}", e);
        }
    }
}
