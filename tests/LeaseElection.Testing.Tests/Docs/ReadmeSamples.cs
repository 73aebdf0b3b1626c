using k8s;
using LeaseElection;
#pragma warning disable IDE0005 // This project has it globally; README's reader has not.
using LeaseElection.Testing;
#pragma warning restore IDE0005
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ReportWorker;

namespace Somebody.Elses.Service
{
    /// <summary>
    /// The code of README.md, docs/getting-started.md, docs/observability.md and docs/operations.md: compiled, not run (eng/new-worker.sh
    /// runs the worker).
    /// </summary>
    internal static class ReadmeSamples
    {
        public static void UseIt(string[] args)
        {
            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddLeaderElection("report-worker")   // the Lease's name; the rest comes from configuration
                .AddLeaderService<ReportWorker>();                 // any IHostedService: runs only while this pod leads
            builder.Build().Run();
        }

        public static void Function(HostApplicationBuilder builder)
        {
            builder.Services.AddLeaderElection("report-worker", o => o.LeaseDuration = TimeSpan.FromSeconds(10))
                .OnLeading(async (term, cancellationToken) => await RunReportsAsync(term.FencingToken, cancellationToken));
        }

        public static async Task WithoutAHostAsync(CancellationToken cancellationToken)
        {
            var configuration = KubernetesClientConfiguration.BuildDefaultConfig();
            await using var elector = LeaderElector.Create(configuration, new LeaderElectionOptions { LeaseName = "report-worker" });
            await elector.RunAsync(async (term, ct) => await RunReportsAsync(term.FencingToken, ct), cancellationToken);
        }

        public static void FromNothing(string[] args)
        {
            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddLeaderElection("report-worker").AddLeaderService<Worker>();
            builder.Build().Run();
        }

        public static void WithoutACluster(string[] args)
        {
            var builder = Host.CreateApplicationBuilder(args);
            var election = builder.Services.AddLeaderElection("report-worker").AddLeaderService<Worker>();
            if (builder.Environment.IsDevelopment())
                election.UseStandalone();   // this process leads, without coordination with other replicas
            builder.Build().Run();
        }

        public static void Operate(HostApplicationBuilder builder)
        {
            builder.Services.AddHealthChecks().AddLeaderElection(tags: ["live"]);
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("LeaseElection"));
            builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(35));
        }

        private static Task RunReportsAsync(long fencingToken, CancellationToken cancellationToken) =>
            Task.Delay(TimeSpan.FromTicks(fencingToken), TimeProvider.System, cancellationToken);

        private sealed class ReportWorker : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
        }
    }
}

namespace ReportWorker
{
    /// <summary>Stands for the worker of the template.</summary>
    internal sealed class Worker : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
