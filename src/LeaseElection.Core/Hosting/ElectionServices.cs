using System.Diagnostics.Metrics;
using LeaseElection.Composition;
using LeaseElection.Diagnostics;
using LeaseElection.Hosting.Work;
using LeaseElection.Runtime.Loop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LeaseElection.Hosting;

/// <summary>
/// Registers an election and what all elections of a host share. The caller adds the keeper of the Leases: an <see cref="ILeaseKeeper"/>.
/// </summary>
internal static class ElectionServices
{
    // The same as Options.DefaultName.
    public const string Unnamed = "";

    /// <summary>Adds an election, or finds the one of this name that was added before.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The election's name; <see cref="Unnamed"/> where the configuration or the host names it.</param>
    /// <param name="configure">Settings in code; null: none.</param>
    /// <returns>A builder for the leader's work.</returns>
    public static LeaderElectionBuilder Add(IServiceCollection services, string name, Action<LeaderElectionOptions>? configure)
    {
        var registration = services.Select(d => d.IsKeyedService ? null : d.ImplementationInstance)
            .OfType<ElectionRegistration>()
            .FirstOrDefault(r => r.Name == name);
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
        services.AddKeyedSingleton<ILeaderElection>(name, static (s, key) => s.GetRequiredKeyedService<Elector>(key));
        // A factory, because AddHostedService keeps only one service of a type, and a host may have several elections.
        services.AddSingleton<IHostedService>(s => ElectorFactory.CreateHostedService(s, registration));
    }

    private static void AddOptions(IServiceCollection services, string name)
    {
        // Before all other options, even those that the application added earlier: what code sets wins over the configuration.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<LeaderElectionOptions>>(s => new LayeredOptions(name, s)));
        services.Insert(0, ServiceDescriptor.Singleton<IPostConfigureOptions<LeaderElectionOptions>>(s => new LayeredOptions(name, s)));
        services.AddSingleton<IValidateOptions<LeaderElectionOptions>>(s => new LayeredOptions(name, s));
        services.AddKeyedSingleton(name, static (_, key) => new OptionsSignal((string)key!));
        services.AddSingleton<IOptionsChangeTokenSource<LeaderElectionOptions>>(s => s.GetRequiredKeyedService<OptionsSignal>(name));
    }
}
