using System.Diagnostics.Metrics;
using LeaseElection;
using LeaseElection.Diagnostics;
using LeaseElection.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers elections.</summary>
public static class LeaderElectionServiceCollectionExtensions
{
    private const string Section = "LeaderElection";

    /// <summary>
    /// Adds an election: this replica campaigns from the host's ApplicationStarted on, and runs the work that is added to the returned
    /// builder while it leads. Inject <see cref="ILeaderElection"/> to ask who leads; keyed by the name where a host has several.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The election's name, and the Lease's unless the options say otherwise.</param>
    /// <param name="configure">
    /// Settings in code; they win over configuration section <c>LeaderElection:Leases:&lt;name&gt;</c>, and that over <c>LeaderElection</c>.
    /// </param>
    /// <returns>A builder for the leader's work. Adding the same name again gives the same election.</returns>
    /// <remarks>
    /// The client configuration is the <c>KubernetesClientConfiguration</c> in dependency injection if there is one, else the pod's service
    /// account, else KUBECONFIG or the home folder's kubeconfig. None of them, or a setting out of its range: the host does not start, and
    /// the message says what to do.
    /// </remarks>
    public static LeaderElectionBuilder AddLeaderElection(
        this IServiceCollection services, string name, Action<LeaderElectionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        var registration = services.Select(d => d.IsKeyedService ? null : d.ImplementationInstance).OfType<ElectionRegistration>().FirstOrDefault(r => r.Name == name);
        if (registration is null)
        {
            registration = new(name);
            AddShared(services);
            AddElection(services, registration);
        }

        if (configure is not null)
            services.Configure(name, configure);
        return new(services, registration);
    }

    private static void AddShared(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<TermAccessor>();
        services.TryAddTransient(static s => s.GetRequiredService<TermAccessor>().Required);
        services.TryAddSingleton(static s => new ElectionMeter(s.GetService<IMeterFactory>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static s => new ForeignQueues(s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<HostSignals>();
        services.TryAddSingleton(ElectorFactory.OnlyElection);
        services.TryAddSingleton(ElectorFactory.LocateConfiguration);
    }

    private static void AddElection(IServiceCollection services, ElectionRegistration registration)
    {
        var name = registration.Name;
        services.AddSingleton(registration);
        services.AddOptions<LeaderElectionOptions>(name).Configure<IServiceProvider>((options, s) => Bind(options, name, s.GetService<IConfiguration>())).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LeaderElectionOptions>>(new ValidateLeaderElectionOptions(name));
        services.AddKeyedSingleton(name, (s, _) => ElectorFactory.CreateContext(s, registration));
        services.AddKeyedSingleton(name, (s, _) => ElectorFactory.CreateElector(s, name));
        services.AddKeyedSingleton<ILeaderElection>(name, static (s, key) => s.GetRequiredKeyedService<LeaderElector>(key));
        // A factory, because AddHostedService keeps only one service of a type, and a host may have several elections.
        services.AddSingleton<IHostedService>(s => ElectorFactory.CreateHostedService(s, registration));
    }

    private static void Bind(LeaderElectionOptions options, string name, IConfiguration? configuration)
    {
        configuration?.GetSection(Section).Bind(options);
        configuration?.GetSection($"{Section}:Leases:{name}").Bind(options);
    }
}
