using k8s;
using LeaseElection.Diagnostics;
using LeaseElection.Leases;
using LeaseElection.Leases.Kubernetes;
using LeaseElection.Pump;
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
        var name = ElectionNames.Find(registration, options, services);
        var time = services.GetRequiredService<TimeProvider>();
        var loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        var queues = services.GetRequiredService<ForeignQueues>();
        var context = registration.LeaseKeeper is { } keeper
            ? ContextWithoutCluster(name, options, time, loggers, queues, keeper(services))
            : LeaderElector.ContextFor(name, services.GetRequiredService<LocatedConfiguration>().Configuration, options, time, loggers, queues);
        HostChecks.EveryElectionHasItsOwnLease(registration, context.Lease, services);
        context = LeaderElector.Monitored(context, services.GetRequiredService<ElectionMeter>());
        if (context.Rehearse is not null)
            context = context with { Rehearse = () => Rehearsal.Begin((term, _) => WithoutWork(services, registration).RunAsync(term, NoReport.Instance)) };
        // Not injected at once: the host's lifetime is none of the elector's business until it has to stop it.
        // On a queue: StopApplication runs the application's callbacks before it returns, and the host may be disposed of by then.
        return context with { StopHost = () => queues.Host.Post(() => services.GetRequiredService<IHostApplicationLifetime>().StopApplication()) };
    }

    public static LeaderElector CreateElector(IServiceProvider services, string name) =>
        new(services.GetRequiredKeyedService<ElectorContext>(name), OptionsOf(services, name).WhenWorkCompletes);

    public static ElectionHostedService CreateHostedService(IServiceProvider services, ElectionRegistration registration) => new(
        services.GetRequiredKeyedService<LeaderElector>(registration.Name),
        services.GetRequiredKeyedService<ElectorContext>(registration.Name),
        registration,
        OptionsOf(services, registration.Name).WhenWorkCompletes ?? WorkCompletionPolicy.KeepLeading,
        services);

    /// <summary>The election of a host that has just one, for injection without a key.</summary>
    public static ILeaderElection OnlyElection(IServiceProvider services)
    {
        var all = services.GetServices<ElectionRegistration>().ToList();
        return all.Count == 1
            ? services.GetRequiredKeyedService<ILeaderElection>(all[0].Name)
            : throw new InvalidOperationException(
                $"This host has {all.Count} elections ({string.Join(", ", all.Select(static r => r.Shown))}); ILeaderElection alone does not say which. "
                + $"Inject it with [FromKeyedServices(\"{all[0].Name}\")], or another of the names.");
    }

    /// <summary>How this host reaches the API server: found once, so that all its elections share a connection.</summary>
    public static LocatedConfiguration LocateConfiguration(IServiceProvider services) =>
        KubernetesConfigurationLocator.Locate(services.GetService<KubernetesClientConfiguration>(), Machine.This);

    // With a service that does nothing: what surrounds a service is compiled by the rehearsal too.
    private static TermWork WithoutWork(IServiceProvider services, ElectionRegistration registration) => new(
        services.GetRequiredService<IServiceScopeFactory>(),
        new(registration.Name) { Works = { new ServiceWork(typeof(NoWork), static _ => new(new NoWork(), IsOurs: true)) } });

    // No cluster is looked for, not even for the namespace.
    private static ElectorContext ContextWithoutCluster(
        string name, LeaderElectionOptions options, TimeProvider time, ILoggerFactory loggers, ForeignQueues queues, Func<ILeaseStore> openStore)
    {
        var context = LeaderElector.ContextFor(name, options.Namespace ?? "default", options, time, loggers, queues, (_, _) => openStore());
        return context with { Lease = $"{context.Lease} (standalone)" };
    }

    private static LeaderElectionOptions OptionsOf(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<LeaderElectionOptions>>().Get(name);
}
