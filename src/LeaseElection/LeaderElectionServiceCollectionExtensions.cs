using k8s;
using LeaseElection;
using LeaseElection.Composition;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Machine;
using LeaseElection.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers elections.</summary>
public static class LeaderElectionServiceCollectionExtensions
{
    /// <summary>
    /// Adds an election whose Lease is named by the configuration (<c>LeaderElection:LeaseName</c>), else by the host's application name,
    /// made a DNS label. Otherwise the same as with a name.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>A builder for the leader's work. Adding it again gives the same election.</returns>
    public static LeaderElectionBuilder AddLeaderElection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, ElectionServices.Unnamed, configure: null);
    }

    /// <summary>The same, with settings in code.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Settings in code; they win over the configuration section <c>LeaderElection</c>.</param>
    /// <returns>A builder for the leader's work. Adding it again gives the same election.</returns>
    public static LeaderElectionBuilder AddLeaderElection(this IServiceCollection services, Action<LeaderElectionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, ElectionServices.Unnamed, configure);
    }

    /// <summary>
    /// Adds an election: this replica campaigns from the host's ApplicationStarted on, and runs the work that is added to the returned
    /// builder while it leads. Inject <see cref="ILeaderElection"/> to ask who leads; keyed by the name where a host has several.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The election's name, and the Lease's unless the options say otherwise.</param>
    /// <param name="configure">
    /// Settings in code; they win over configuration section <c>LeaderElection:Leases:&lt;name&gt;</c>, and that over what
    /// <c>Configure&lt;LeaderElectionOptions&gt;</c> sets without a name, and over section <c>LeaderElection</c>.
    /// </param>
    /// <returns>A builder for the leader's work. Adding the same name again gives the same election.</returns>
    /// <remarks>
    /// The API server is that of the <c>KubernetesClientConfiguration</c> in dependency injection if there is one, else of KUBECONFIG, else
    /// of the pod's service account, else of the home folder's kubeconfig; <see cref="LeaderElectionOptions.Source"/> names one of them.
    /// None, or a setting out of its range: the host does not start, and the message says what to do.
    /// </remarks>
    public static LeaderElectionBuilder AddLeaderElection(
        this IServiceCollection services, string name, Action<LeaderElectionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(services, name, configure);
    }

    private static LeaderElectionBuilder Add(IServiceCollection services, string name, Action<LeaderElectionOptions>? configure)
    {
        // One for the host, so that its elections share a connection.
        services.TryAddSingleton<ILeaseKeeper>(static s => new KubernetesLeaseKeeper(
            new KubernetesConfigurationLocator(s.GetService<KubernetesClientConfiguration>, SystemEnvironment.This).Find,
            SystemEnvironment.This));
        return ElectionServices.Add(services, name, configure);
    }
}
