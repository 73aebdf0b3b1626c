using LeaseElection.Runtime;
using LeaseElection.Runtime.Loop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeaseElection.Hosting;

/// <summary>
/// Reports how the elections of this host are, never whether they lead: a standby is as healthy as its leader, and a readiness probe that
/// waits for leadership blocks every rolling update.
/// </summary>
internal sealed class LeaderElectionHealthCheck(IServiceProvider services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var all = services.GetServices<ElectionRegistration>().Select(r => ElectionHealth.Of(
            services.GetRequiredKeyedService<Elector>(r.Name), services.GetRequiredKeyedService<ElectorContext>(r.Name).Monitor!)).ToList();
        var data = all.ToDictionary(static h => h.Name, static h => (object)h.Description, StringComparer.Ordinal);
        var worst = all.Count > 0 ? all.Min(static h => h.Status) : HealthStatus.Healthy;
        // The registration says what to report instead of unhealthy; degraded stays degraded.
        var status = worst == HealthStatus.Unhealthy ? context.Registration.FailureStatus : worst;
        var description = string.Join("; ", all.Where(h => h.Status == worst).Select(static h => $"{h.Name}: {h.Description}"));
        return Task.FromResult(new HealthCheckResult(status, description, exception: null, data));
    }
}
