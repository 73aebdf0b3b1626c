using System.Text;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Configuration;

/// <summary>
/// Which namespace the Lease lives in: the option's, else that of where the server was found. The pod's own is for the pod's own cluster:
/// in another cluster, two pods of two namespaces would hold two elections where one is meant.
/// </summary>
internal static class KubernetesNamespace
{
    private const string Variable = "POD_NAMESPACE";
    private const string Fallback = "default";

    public static string Resolve(string? option, ServerAccess access, ISystemEnvironment machine) =>
        Named(option) ?? Named(access.Namespace) ?? (IsPodsOwn(access, machine) ? OfPod(machine) : null) ?? Fallback;

    /// <summary>POD_NAMESPACE, where nobody chose a namespace and another one is used, because the cluster is another.</summary>
    public static string? Differing(string? option, ServerAccess access, ISystemEnvironment machine) =>
        Named(option) is null
        && !ServiceAccount.IsOwnServer(access.Server, machine)
        && Named(machine.Variable(Variable)) is { } pods
        && pods != Resolve(option, access, machine)
            ? pods
            : null;

    /// <summary>The namespace of the pod's service account; null outside a cluster, and when its file cannot be read.</summary>
    public static string? OfServiceAccount(ISystemEnvironment machine)
    {
        try
        {
            return machine.HasFile(ServiceAccount.Namespace)
                ? Named(Encoding.UTF8.GetString(machine.ReadFile(ServiceAccount.Namespace)))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsPodsOwn(ServerAccess access, ISystemEnvironment machine) => access.Kind switch
    {
        AccessKind.Pod => true,
        AccessKind.Given => ServiceAccount.IsOwnServer(access.Server, machine),
        _ => false,
    };

    private static string? OfPod(ISystemEnvironment machine) => Named(machine.Variable(Variable)) ?? OfServiceAccount(machine);

    private static string? Named(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
