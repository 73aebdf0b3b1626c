using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.HandOvers;

/// <summary>Who shares the Lease.</summary>
internal static class Company
{
    /// <summary>Gets the elector of each lane.</summary>
    public static IReadOnlyList<Peer> Members { get; } = [Peer.Ours, Peer.Ours, Peer.ClientGo, Peer.ClientGo, Peer.KubernetesClient];
}
