using System.Globalization;
using LeaseElection.Diagnostics;
using LeaseElection.Runtime.Loop;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeaseElection.Hosting;

/// <summary>The health of one election.</summary>
/// <param name="Name">The election's.</param>
/// <param name="Status">Healthy, degraded or unhealthy.</param>
/// <param name="Description">In words: what is wrong, or who leads.</param>
internal sealed record ElectionHealth(string Name, HealthStatus Status, string Description)
{
    // A tick comes at least every 250 ms: here four are missing.
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(1);

    public static ElectionHealth Of(Elector elector, ElectionMonitor monitor)
    {
        if (monitor.BrokeDown is { } why)
            return new(elector.Name, HealthStatus.Unhealthy, $"the election broke down: {why}");
        if (elector.CannotAct is { } ill)
            return new(elector.Name, HealthStatus.Unhealthy, ill);
        if (monitor.StoreDefect is { } defect)
            return new(elector.Name, HealthStatus.Unhealthy, defect);
        if (monitor.Unnoticed > Unnoticed)
            return new(
                elector.Name,
                HealthStatus.Unhealthy,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the term's deadline passed {monitor.Unnoticed.TotalSeconds:0.0} s ago and nobody noticed"));
        if (monitor.Overruns)
            return new(elector.Name, HealthStatus.Unhealthy, "the work of a term that has ended still runs, and its time to stop is over");
        var standby = elector.IsPaused ? null : elector.Standby;
        if ((List<string>)[.. monitor.Troubles, .. standby?.Troubles ?? [], .. elector.ForeignTroubles] is { Count: > 0 } troubles)
            return new(elector.Name, HealthStatus.Degraded, string.Join("; ", troubles));
        return new(
            elector.Name,
            HealthStatus.Healthy,
            elector.IsLeader ? "leads"
                : elector.IsPaused ? "is paused"
                : standby?.Description ?? (elector.LeaderIdentity is { } leader ? $"stands by for {leader}" : "knows of no leader"));
    }
}
