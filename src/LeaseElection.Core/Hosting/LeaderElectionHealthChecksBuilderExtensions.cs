using LeaseElection.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of elections.</summary>
public static class LeaderElectionHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of all elections of this host. Healthy: it leads, stands by, or waits for a leader. Degraded: the API server is out of
    /// reach, or refuses something; the description names the missing Role. Unhealthy: work outlived its term and its time to stop, a
    /// deadline passed unnoticed, or an election broke down.
    /// </summary>
    /// <param name="builder">The builder that <c>AddHealthChecks</c> returned.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What to report instead of unhealthy; null: unhealthy.</param>
    /// <param name="tags">For filtering checks, as by probe.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Good for a liveness probe. Nothing here tells whether this replica leads, and no readiness probe should: a rolling update waits for
    /// new replicas to be ready, and they cannot lead before the old ones have gone.
    /// </remarks>
    public static IHealthChecksBuilder AddLeaderElection(
        this IHealthChecksBuilder builder,
        string name = "leader-election",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new(name, static services => new LeaderElectionHealthCheck(services), failureStatus, tags));
    }
}
