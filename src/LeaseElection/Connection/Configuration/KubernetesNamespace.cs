using System.Text;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Configuration;

/// <summary>Which namespace the Lease lives in, when the options do not say.</summary>
internal static class KubernetesNamespace
{
    private const string Variable = "POD_NAMESPACE";
    private const string Fallback = "default";

    /// <summary>As <see cref="Resolve(string?, ServerAccess, ISystemEnvironment)"/>, on this machine.</summary>
    public static string Resolve(string? option, ServerAccess access) =>
        Resolve(option, access, SystemEnvironment.This);

    /// <summary>The first that is set: the option, POD_NAMESPACE, the service account's, the configuration's, <c>default</c>.</summary>
    public static string Resolve(string? option, ServerAccess access, ISystemEnvironment machine) =>
        Named(option) ?? Named(machine.Variable(Variable)) ?? OfServiceAccount(machine) ?? Named(access.Namespace) ?? Fallback;

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

    private static string? Named(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
