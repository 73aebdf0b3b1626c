using System.Globalization;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Configuration;

/// <summary>Where a pod finds what the cluster gives it.</summary>
internal static class ServiceAccount
{
    public const string HostVariable = "KUBERNETES_SERVICE_HOST";
    public const string PortVariable = "KUBERNETES_SERVICE_PORT";

    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    public const string Token = Folder + "/token";
    public const string Authority = Folder + "/ca.crt";
    public const string Namespace = Folder + "/namespace";

    // What every pod may call its own cluster's server.
    private const string Service = "kubernetes.default.svc";

    /// <summary>Whether we run in a pod: one of a cluster that says where its server is, or one that has a token.</summary>
    public static bool IsPod(ISystemEnvironment machine) =>
        !string.IsNullOrEmpty(machine.Variable(HostVariable)) || machine.HasFile(Token);

    /// <summary>Whether this is the server of the cluster that we are a pod of.</summary>
    public static bool IsOwnServer(Uri server, ISystemEnvironment machine)
    {
        if (machine.Variable(HostVariable) is not { Length: > 0 } host)
            return false;
        var isService = server.Host == Service || server.Host.StartsWith($"{Service}.", StringComparison.Ordinal);
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        return (isService && server.Port == 443)
            || ((isService || string.Equals(server.Host.Trim('[', ']'), host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase))
                && port == machine.Variable(PortVariable));
    }
}
