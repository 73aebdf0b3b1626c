using System.Diagnostics.Metrics;
using LeaseElection;
using LeaseElection.Diagnostics;
using LeaseElection.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers elections.</summary>
public static class LeaderElectionServiceCollectionExtensions
{
    // As Options.DefaultName has it.
    private const string Unnamed = "";

    /// <summary>
    /// Adds an election whose Lease is named by the configuration (<c>LeaderElection:LeaseName</c>), else by the host's application name, made a DNS label.
    /// Otherwise the same as with a name.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>A builder for the leader's work. Adding it again gives the same election.</returns>
    public static LeaderElectionBuilder AddLeaderElection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, Unnamed, configure: null);
    }

    /// <summary>The same, with settings in code.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Settings in code; they win over the configuration section <c>LeaderElection</c>.</param>
    /// <returns>A builder for the leader's work. Adding it again gives the same election.</returns>
    public static LeaderElectionBuilder AddLeaderElection(this IServiceCollection services, Action<LeaderElectionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, Unnamed, configure);
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
    /// The client configuration is the <c>KubernetesClientConfiguration</c> in dependency injection if there is one, else the pod's service
    /// account, else KUBECONFIG or the home folder's kubeconfig. None of them, or a setting out of its range: the host does not start, and
    /// the message says what to do.
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
        if (services.Any(static d => d.ServiceType == typeof(HostSignals)))
            return;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<TermAccessor>();
        services.TryAddTransient(static s => s.GetRequiredService<TermAccessor>().Required);
        services.TryAddSingleton(static s => new ElectionMeter(s.GetService<IMeterFactory>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static s => new ForeignQueues(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HostSignals>();
        services.TryAddSingleton(ElectorFactory.OnlyElection);
        services.TryAddSingleton(ElectorFactory.LocateConfiguration);
        AddOptions(services, Unnamed);
    }

    private static void AddElection(IServiceCollection services, ElectionRegistration registration)
    {
        var name = registration.Name;
        services.AddSingleton(registration);
        if (name.Length > 0)
            AddOptions(services, name);
        services.AddOptions<LeaderElectionOptions>(name).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LeaderElectionOptions>>(s => new ElectionRulesValidation(registration, s));
        services.AddKeyedSingleton(name, (s, _) => ElectorFactory.CreateContext(s, registration));
        services.AddKeyedSingleton(name, (s, _) => ElectorFactory.CreateElector(s, name));
        services.AddKeyedSingleton<ILeaderElection>(name, static (s, key) => s.GetRequiredKeyedService<LeaderElector>(key));
        // A factory, because AddHostedService keeps only one service of a type, and a host may have several elections.
        services.AddSingleton<IHostedService>(s => ElectorFactory.CreateHostedService(s, registration));
    }

    private static void AddOptions(IServiceCollection services, string name)
    {
        // Before all others, also those of the application that were added before: whatever code sets wins over the configuration.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<LeaderElectionOptions>>(s => new LayeredOptions(name, s)));
        services.Insert(0, ServiceDescriptor.Singleton<IPostConfigureOptions<LeaderElectionOptions>>(s => new LayeredOptions(name, s)));
        services.AddSingleton<IValidateOptions<LeaderElectionOptions>>(s => new LayeredOptions(name, s));
        services.AddKeyedSingleton(name, static (_, key) => new OptionsSignal((string)key!));
        services.AddSingleton<IOptionsChangeTokenSource<LeaderElectionOptions>>(s => s.GetRequiredKeyedService<OptionsSignal>(name));
    }
}
