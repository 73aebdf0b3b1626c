namespace LeaseElection.Connection.Kubeconfigs.Rules;

/// <summary>What the current context names.</summary>
/// <param name="Context">It.</param>
/// <param name="Cluster">Its cluster.</param>
/// <param name="User">Its user; one that says nothing where the context names none.</param>
internal sealed record ChosenContext(ContextEntry Context, ClusterEntry Cluster, UserEntry User);
