namespace LeaseElection;

/// <summary>What says where the API server is, and as whom to go there.</summary>
public enum ClusterSource
{
    /// <summary>
    /// The first that there is: <see cref="Given"/>, the kubeconfigs that the environment variable <c>KUBECONFIG</c> names,
    /// <see cref="Pod"/>, the home folder's kubeconfig.
    /// </summary>
    Auto,

    /// <summary>
    /// The <c>KubernetesClientConfiguration</c> in dependency injection, or the one that <see cref="LeaderElector"/> was made with. Nothing
    /// else: without one, the host does not start.
    /// </summary>
    Given,

    /// <summary>
    /// The kubeconfigs that <c>KUBECONFIG</c> names, else the home folder's, in a pod too. Nothing else: without one, the host does not
    /// start.
    /// </summary>
    Kubeconfig,

    /// <summary>The pod's service account. Nothing else: outside a pod, the host does not start.</summary>
    Pod,
}
