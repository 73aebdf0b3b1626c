using FailoverDemo.Story;
using k8s;
using LeaseElection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using SingletonWorker;

namespace FailoverDemo.Replicas;

/// <summary>
/// Composes the host of a replica: what Program.cs of examples/SingletonWorker does, and what it takes to be one of several in a process.
/// </summary>
internal static class ReplicaHost
{
    private const string Election = "failover-demo";

    // A freeze is over before the next leader is stopped.
    private static readonly KeyValuePair<string, string?> ShortLease = new("LeaderElection:LeaseDuration", "00:00:05");

    public static IHost Build(string[] args, string identity, KubernetesClientConfiguration cluster, IReport report, ILoggerProvider log)
    {
        var builder = CreateBuilder(args);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddProvider(log)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // Demo says it in one line.
        builder.Services.AddSingleton(report).AddHostedService<Reporter>();
        WorkerOptions.AddTo(builder);
        builder.Services.AddLeaderElection(Election, o => o.Identity = identity)
            .AddLeaderService<Worker>();

        builder.Services.AddSingleton(cluster);
        builder.Services.AddSingleton<IHostLifetime, NoConsoleLifetime>();
        return builder.Build();
    }

    /// <summary>The durations that every replica gets from its configuration.</summary>
    public static Timings ReadTimings(string[] args)
    {
        var options = new LeaderElectionOptions();
        var section = CreateBuilder(args).Configuration.GetSection("LeaderElection");
        section.Bind(options);
        section.GetSection($"Leases:{Election}").Bind(options);
        return Timings.Of(options);
    }

    private static HostApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Configuration.Sources.Insert(
            0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = [ShortLease] });
        return builder;
    }
}
