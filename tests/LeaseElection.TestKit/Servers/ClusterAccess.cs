using k8s;

namespace LeaseElection.TestKit;

/// <summary>What someone needs to reach the API server: a kubeconfig file (also for other programs), and what is made of it.</summary>
public sealed record ClusterAccess(string KubeconfigPath)
{
    /// <summary>A new configuration at every call: the caller may change it.</summary>
    public KubernetesClientConfiguration Configuration() =>
        KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(KubeconfigPath));

    /// <summary>A new client; the caller disposes of it.</summary>
    public Kubernetes CreateClient() => new(Configuration());
}
