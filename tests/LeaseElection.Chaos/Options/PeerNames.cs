namespace LeaseElection.Chaos.Options;

/// <summary>The electors by the names of the command line.</summary>
internal static class PeerNames
{
    public static string Name(this Peer peer) => peer switch
    {
        Peer.ClientGo => "client-go",
        Peer.KubernetesClient => "kubernetesclient",
        _ => "ours",
    };

    /// <summary>Gets those that are meant; null: nobody is.</summary>
    public static IReadOnlyList<Peer>? Parse(string name) => name switch
    {
        "ours" => [Peer.Ours],
        "client-go" => [Peer.ClientGo],
        "kubernetesclient" => [Peer.KubernetesClient],
        "all" => [Peer.Ours, Peer.ClientGo, Peer.KubernetesClient],
        _ => null,
    };
}
