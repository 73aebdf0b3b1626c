using LeaseElection.Connection;
using LeaseElection.Connection.Http;
using LeaseElection.Leases;

namespace LeaseElection.Store.Sharing;

/// <summary>Makes stores. What the elector calls.</summary>
internal static class KubernetesLeaseStores
{
    /// <summary>A store on the connection of all elections that were given this access.</summary>
    /// <param name="access">How to reach the API server; never changed.</param>
    /// <param name="namespace">The Lease's namespace.</param>
    /// <param name="name">The Lease's name.</param>
    /// <param name="labels">What a Lease that we create is labelled with.</param>
    /// <param name="requestTimeout">How long one request may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="application">What the Lease says of whose election its holder is; null: nothing.</param>
    /// <returns>The store.</returns>
    /// <exception cref="k8s.Exceptions.KubeConfigException">The configuration cannot be used.</exception>
    public static ILeaseStore Create(
        ServerAccess access, string @namespace, string name, IReadOnlyDictionary<string, string> labels,
        TimeSpan requestTimeout, TimeProvider time, string? application = null)
    {
#pragma warning disable CA2000 // The store leaves it.
        var share = SharedConnections.Join(access, requestTimeout, time);
        var own = new KubernetesLeaseStore(
            share.Connection, @namespace, name, labels, requestTimeout, time, share.Parts.Jitter,
            reads: share.Parts.Reads, application: application);
#pragma warning restore CA2000
        return new SharedLeaseStore(share, own, @namespace, name);
    }

    /// <summary>A store on a connection that several share, and whose owner closes it.</summary>
    public static ILeaseStore Create(
        KubernetesConnection connection, string @namespace, string name,
        IReadOnlyDictionary<string, string> labels, TimeSpan requestTimeout,
        TimeProvider time) =>
        new KubernetesLeaseStore(connection, @namespace, name, labels, requestTimeout, time, Jitter.Create());
}
