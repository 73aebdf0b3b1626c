using System.Diagnostics.CodeAnalysis;
using k8s;
using k8s.Exceptions;
using LeaseElection.Composition;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Machine;
using Microsoft.Extensions.Logging;

namespace LeaseElection;

/// <summary>Makes electors whose Lease is in a cluster.</summary>
[SuppressMessage("Design", "CA1034", Justification = "The rule does not know extension blocks.")]
public static class LeaderElectorExtensions
{
    extension(LeaderElector)
    {
        /// <summary>Makes a candidate; nothing is sent before <see cref="LeaderElector.RunAsync"/>.</summary>
        /// <param name="configuration">
        /// How to reach the API server. All electors with this very object share one client of their own, not the application's.
        /// </param>
        /// <param name="options">The settings; <see cref="LeaderElectionOptions.LeaseName"/> must be set. Read once, now.</param>
        /// <param name="timeProvider">The clocks; null: the system's.</param>
        /// <param name="loggerFactory">Where to log; null: nowhere.</param>
        /// <returns>The candidate. Dispose it to stop.</returns>
        /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is missing or out of its range.</exception>
        /// <exception cref="k8s.Exceptions.KubeConfigException">
        /// The configuration cannot be used, or <see cref="LeaderElectionOptions.Source"/> names another source.
        /// </exception>
        public static LeaderElector Create(
            KubernetesClientConfiguration configuration,
            LeaderElectionOptions options,
            TimeProvider? timeProvider = null,
            ILoggerFactory? loggerFactory = null)
        {
            ArgumentNullException.ThrowIfNull(configuration);
            ArgumentNullException.ThrowIfNull(options);
            var access = GivenAccess.Of(configuration);
            var keeper = new KubernetesLeaseKeeper(
                source => source is ClusterSource.Auto or ClusterSource.Given ? access : throw OtherSource(source), SystemEnvironment.This);
#pragma warning disable CA2000 // The LeaderElector disposes of it.
            return new(ElectorComposition.Create(keeper, options, timeProvider, loggerFactory));
#pragma warning restore CA2000
        }
    }

    private static KubeConfigException OtherSource(ClusterSource source) => new(
        $"Source is {source}, and LeaderElector.Create was given a configuration, which is another source. Set Source to Given, or leave "
        + "it unset.");
}
