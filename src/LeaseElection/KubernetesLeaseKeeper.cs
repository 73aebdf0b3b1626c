using LeaseElection.Announcing;
using LeaseElection.Composition;
using LeaseElection.Connection;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Machine;
using LeaseElection.Diagnostics;
using LeaseElection.Store.Sharing;

namespace LeaseElection;

/// <summary>Leases in a cluster. Elections of one source share its connection.</summary>
/// <param name="find">Finds the access of a source: the same one each time.</param>
/// <param name="machine">The environment and files.</param>
internal sealed class KubernetesLeaseKeeper(Func<ClusterSource, ServerAccess> find, ISystemEnvironment machine) : ILeaseKeeper
{
    public KeptLease Find(LeaseRequest request)
    {
        var (options, time, timeout) = (request.Options, request.Time, request.RequestTimeout);
        var access = find(options.Source);
        var leaseNamespace = KubernetesNamespace.Resolve(options.Namespace, access, machine);
        var labels = options.Labels.ToDictionary(StringComparer.Ordinal);
        var parts = new AnnouncingParts(
            () => SharedConnections.Join(access, timeout, time),
            leaseNamespace, request.Name, request.Identity, timeout, time, request.Logger);
        return new(parts.Lease, () => KubernetesLeaseStores.Create(
            access, leaseNamespace, request.Name, labels, timeout, time, request.Application))
        {
            Announcers = TermAnnouncers.Of(options, parts, machine),
            SayWhere = () => SayWhere(request, access, leaseNamespace, parts.Lease),
        };
    }

    private void SayWhere(LeaseRequest request, ServerAccess access, string leaseNamespace, string lease)
    {
        var (logger, server) = (request.Logger, access.Server.OriginalString);
        if (access is { Kind: AccessKind.Kubeconfig, IsDeployed: false })
            ElectionLog.HeldAtAsAPerson(logger, lease, leaseNamespace, server, access.Source);
        else
            ElectionLog.HeldAt(logger, lease, leaseNamespace, server, access.Source);
        if (KubernetesNamespace.Differing(request.Options.Namespace, access, machine) is { } pods)
            ElectionLog.NotInThePodsNamespace(logger, lease, leaseNamespace, access.Source, pods);
        foreach (var note in access.Notes)
            ElectionLog.SourceNote(logger, lease, note);
    }
}
