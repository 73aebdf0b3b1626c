using LeaseElection.Announcing;
using LeaseElection.Composition;
using LeaseElection.Connection;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Machine;
using LeaseElection.Diagnostics;
using LeaseElection.Store.Sharing;

namespace LeaseElection;

/// <summary>Leases in a cluster. Their elections share its connection.</summary>
internal sealed class KubernetesLeaseKeeper(ServerAccess access) : ILeaseKeeper
{
    public KeptLease Find(LeaseRequest request)
    {
        var (options, time, timeout) = (request.Options, request.Time, request.RequestTimeout);
        var leaseNamespace = KubernetesNamespace.Resolve(options.Namespace, access, SystemEnvironment.This);
        var labels = options.Labels.ToDictionary(StringComparer.Ordinal);
        var parts = new AnnouncingParts(
            () => SharedConnections.Join(access, timeout, time),
            leaseNamespace, request.Name, request.Identity, timeout, time, request.Logger);
        return new(parts.Lease, () => KubernetesLeaseStores.Create(
            access, leaseNamespace, request.Name, labels, timeout, time, request.Application))
        {
            Announcers = TermAnnouncers.Of(options, parts, SystemEnvironment.This),
            SayWhere = () =>
            {
                if (access.Kind == AccessKind.Kubeconfig)
                    ElectionLog.HeldAtAsAPerson(request.Logger, parts.Lease, access.Server.OriginalString, access.Source);
                else
                    ElectionLog.HeldAt(request.Logger, parts.Lease, access.Server.OriginalString, access.Source);
            },
        };
    }
}
