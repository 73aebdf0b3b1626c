using System.Globalization;

namespace LeaseElection.Store.Http;

/// <summary>Where one Lease is found.</summary>
internal sealed class LeaseAddress
{
    public LeaseAddress(Uri server, string @namespace, string name)
    {
        Name = name;
        Leases = new(server, $"apis/coordination.k8s.io/v1/namespaces/{Uri.EscapeDataString(@namespace)}/leases");
        Lease = new($"{Leases.AbsoluteUri}/{Uri.EscapeDataString(name)}");
    }

    public string Name { get; }

    /// <summary>Gets where a Lease is created.</summary>
    public Uri Leases { get; }

    /// <summary>Gets where this Lease is read and updated.</summary>
    public Uri Lease { get; }

    /// <summary>Where this Lease alone is watched, or all of its namespace.</summary>
    /// <param name="fromVersion">The version to go on from; 0 to get first what there is.</param>
    /// <param name="seconds">After how long the server ends the watch.</param>
    /// <param name="all">Whether all Leases of the namespace are watched.</param>
    public Uri Watch(long fromVersion, int seconds, bool all)
    {
        var which = all ? "" : $"&fieldSelector=metadata.name%3D{Uri.EscapeDataString(Name)}";
        var from = fromVersion > 0 ? string.Create(CultureInfo.InvariantCulture, $"&resourceVersion={fromVersion}") : "";
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"{Leases.AbsoluteUri}?watch=true{which}&allowWatchBookmarks=true{from}&timeoutSeconds={seconds}"));
    }
}
