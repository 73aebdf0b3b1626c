using LeaseElection.Announcing;
using LeaseElection.Composition;
using LeaseElection.Connection.Configuration;
using LeaseElection.Diagnostics;
using LeaseElection.Store.Sharing;

namespace LeaseElection;

/// <summary>Leases in a cluster. Their elections share its connection.</summary>
internal sealed class KubernetesLeaseKeeper(LocatedConfiguration located) : ILeaseKeeper
{
    public KeptLease Find(LeaseRequest request)
    {
        var (configuration, source, isPersons) = located;
        var (options, time, timeout) = (request.Options, request.Time, request.RequestTimeout);
        var leaseNamespace = KubernetesNamespace.Resolve(options.Namespace, configuration, SystemEnvironment.This);
        var labels = options.Labels.ToDictionary(StringComparer.Ordinal);
        var parts = new AnnouncingParts(
            () => SharedConnections.Join(configuration, timeout, time),
            leaseNamespace, request.Name, request.Identity, timeout, time, request.Logger);
        return new(parts.Lease, () => KubernetesLeaseStores.Create(configuration, leaseNamespace, request.Name, labels, timeout, time))
        {
            Announcers = TermAnnouncers.Of(options, parts, SystemEnvironment.This),
            SayWhere = () =>
            {
                if (isPersons)
                    ElectionLog.HeldAtAsAPerson(request.Logger, parts.Lease, configuration.Host, source);
                else
                    ElectionLog.HeldAt(request.Logger, parts.Lease, configuration.Host, source);
            },
        };
    }
}
