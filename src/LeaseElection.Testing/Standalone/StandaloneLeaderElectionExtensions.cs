using LeaseElection.Diagnostics;
using LeaseElection.Leases;
using LeaseElection.Testing.Standalone;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Elections without a cluster.</summary>
public static class StandaloneLeaderElectionExtensions
{
    /// <summary>
    /// Takes this election out of the cluster: none is looked for, configured or contacted, and this process leads from its host's start,
    /// whatever other processes do. For development and for tests of a whole host; a warning in the log says so at every start.
    /// </summary>
    /// <param name="builder">The election.</param>
    /// <returns>The builder. Calling this again changes nothing; other elections of the host are not affected.</returns>
    /// <remarks>
    /// All else is as in production: the settings are validated, the work gets terms with rising fencing tokens (also across restarts, as
    /// long as the wall clock is not set back), StepDown ends a term and a new one begins after RetryPeriod, failures, overruns and
    /// draining follow their policies. In a test of a host that is registered elsewhere:
    /// <c>services.AddLeaderElection(name).UseStandalone()</c> with the name that it has there.
    /// </remarks>
    public static LeaderElectionBuilder UseStandalone(this LeaderElectionBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Name;
        builder.Registration.LeaseKeeper = services => KeepLease(services, name);
        return builder;
    }

    // Once for a host. The Lease outlives the stores: the host's start opens one to see whether it can.
    private static Func<ILeaseStore> KeepLease(IServiceProvider services, string name)
    {
        ElectionLog.Standalone((services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("LeaseElection"), name);
        var lease = new StandaloneLease(services.GetRequiredService<TimeProvider>());
        return () => new StandaloneLeaseStore(lease);
    }
}
