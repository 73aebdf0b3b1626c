namespace LeaseElection.Connection;

/// <summary>What names the server.</summary>
internal enum AccessKind
{
    /// <summary>The application, by a configuration of its own.</summary>
    Given,

    /// <summary>A kubeconfig: often a person's way into a cluster.</summary>
    Kubeconfig,

    /// <summary>The pod's service account.</summary>
    Pod,
}
