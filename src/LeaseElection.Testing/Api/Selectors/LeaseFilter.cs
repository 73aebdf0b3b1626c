using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Selectors;

/// <summary>Which Leases a list or a watch is about.</summary>
internal sealed class LeaseFilter(string? @namespace, string? name, LabelSelector labels, FieldSelector fields)
{
    public static LeaseFilter Of(ApiCall call) => new(
        call.Route.Namespace,
        call.Route.Name,
        LabelSelector.Parse(Query.Text(call.Query, "labelSelector")),
        FieldSelector.Parse(Query.Text(call.Query, "fieldSelector")));

    /// <summary>Gets a value indicating whether it chooses by labels or fields.</summary>
    public bool HasSelectors => !labels.IsEmpty || !fields.IsEmpty;

    public bool Matches(StoredLease lease) =>
        (@namespace is null || lease.Key.Namespace == @namespace)
        && (name is null || lease.Key.Name == name)
        && fields.Matches(lease.Key)
        && labels.Matches(lease.Labels);
}
