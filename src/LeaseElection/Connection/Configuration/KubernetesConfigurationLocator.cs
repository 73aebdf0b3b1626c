using k8s;
using k8s.Exceptions;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Configuration;

/// <summary>
/// Finds how to reach the API server: what the application gives, else the pod's service account, else KUBECONFIG, else the home folder's
/// kubeconfig. A pod's service account comes before a kubeconfig, because a cluster grants its permissions to that account.
/// </summary>
internal static class KubernetesConfigurationLocator
{
    /// <summary>Finds it.</summary>
    /// <param name="given">The application's own; null when it has none.</param>
    /// <param name="machine">The environment and files to look in.</param>
    /// <returns>The configuration. The given one is handed back as it is.</returns>
    /// <exception cref="KubeConfigException">
    /// There is none, or it cannot be used; the message says where it looked and what to do.
    /// </exception>
    public static ServerAccess Locate(KubernetesClientConfiguration? given, ISystemEnvironment machine) =>
        given is not null ? GivenAccess.Of(given)
            : InClusterConfiguration.TryLoad(machine, out var inCluster) ?? Kubeconfig.TryLoad(machine, out var kubeconfig)
            ?? throw new KubeConfigException(
                "No Kubernetes configuration was found. Looked for: a KubernetesClientConfiguration in dependency injection (none); "
                + $"{inCluster}; {kubeconfig}. "
                + "Register a KubernetesClientConfiguration, run inside a cluster, or let KUBECONFIG name a kubeconfig.");
}
