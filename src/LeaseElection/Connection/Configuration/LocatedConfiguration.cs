using k8s;

namespace LeaseElection.Connection.Configuration;

/// <summary>A configuration, and where it comes from.</summary>
/// <param name="Configuration">How to reach the API server.</param>
/// <param name="Source">Where it was found, for people.</param>
/// <param name="IsPersons">Whether it is a kubeconfig: a person's way into a cluster, not a pod's.</param>
internal sealed record LocatedConfiguration(KubernetesClientConfiguration Configuration, string Source, bool IsPersons = false);
