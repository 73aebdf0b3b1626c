using LeaseElection.Composition;
using LeaseElection.Diagnostics;
using LeaseElection.Runtime;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Loop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LeaseElection.Hosting;

/// <summary>Makes the elector of an election from what the host has.</summary>
internal static class ElectorFactory
{
    public static ElectorContext CreateContext(IServiceProvider services, ElectionRegistration registration)
    {
        var options = OptionsOf(services, registration.Name);
        var queues = services.GetRequiredService<ForeignQueues>();
        var context = ElectorComposition.CreateContext(
            ElectionNames.Find(registration, options, services),
            registration.Keeper?.Invoke(services) ?? services.GetRequiredService<ILeaseKeeper>(),
            options,
            services.GetRequiredService<TimeProvider>(),
            services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            queues,
            services.GetRequiredService<ElectionMeter>(),
            services.GetService<HolderClock>(),
            services.GetService<IHostEnvironment>()?.ApplicationName);
        HostChecks.EveryElectionHasItsOwnLease(registration, context.Lease, services);
        // Resolved late, because the elector needs the host's lifetime only to stop the host. On a queue: StopApplication runs the
        // application's callbacks before it returns, and the host may be disposed by then.
        return context with
        {
            StopHost = () => queues.Host.Post(() => services.GetRequiredService<IHostApplicationLifetime>().StopApplication()),
        };
    }

    public static Elector CreateElector(IServiceProvider services, string name) =>
        new(services.GetRequiredKeyedService<ElectorContext>(name), OptionsOf(services, name).WhenWorkCompletes);

    public static ElectionHostedService CreateHostedService(IServiceProvider services, ElectionRegistration registration) => new(
        services.GetRequiredKeyedService<Elector>(registration.Name),
        services.GetRequiredKeyedService<ElectorContext>(registration.Name),
        registration,
        OptionsOf(services, registration.Name).WhenWorkCompletes ?? WorkCompletionPolicy.KeepLeading,
        services);

    /// <summary>The election of a host that has only one, for injection without a key.</summary>
    public static ILeaderElection OnlyElection(IServiceProvider services)
    {
        var all = services.GetServices<ElectionRegistration>().ToList();
        return all.Count == 1
            ? services.GetRequiredKeyedService<ILeaderElection>(all[0].Name)
            : throw new InvalidOperationException(
                $"This host has {all.Count} elections ({string.Join(", ", all.Select(static r => r.Shown))}); "
                + "ILeaderElection alone does not say which. "
                + $"Inject it with [FromKeyedServices(\"{all[0].Name}\")], or another of the names.");
    }

    private static LeaderElectionOptions OptionsOf(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<LeaderElectionOptions>>().Get(name);
}
