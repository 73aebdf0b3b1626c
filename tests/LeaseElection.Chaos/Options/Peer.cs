namespace LeaseElection.Chaos.Options;

/// <summary>Whose elector the workers use.</summary>
internal enum Peer
{
    Ours,
    ClientGo,
    KubernetesClient,
}
