using k8s;
using k8s.Exceptions;

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
    public static LocatedConfiguration Locate(KubernetesClientConfiguration? given, ISystemEnvironment machine)
    {
        var found = given is not null ? new(given, "the KubernetesClientConfiguration given by the application")
            : InClusterConfiguration.TryLoad(machine, out var inCluster) ?? Kubeconfig.TryLoad(machine, out var kubeconfig)
            ?? throw new KubeConfigException(
                "No Kubernetes configuration was found. Looked for: a KubernetesClientConfiguration in dependency injection (none); "
                + $"{inCluster}; {kubeconfig}. "
                + "Register a KubernetesClientConfiguration, run inside a cluster, or let KUBECONFIG name a kubeconfig.");
        return string.IsNullOrWhiteSpace(found.Configuration.Host)
            ? throw new KubeConfigException($"The Kubernetes configuration has no host ({found.Source}): set the API server's URL.")
            : found;
    }
}
