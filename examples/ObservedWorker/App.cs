using OpenTelemetry.Metrics;

namespace ObservedWorker;

/// <summary>A service whose election can be seen: metrics for Prometheus on /metrics, health on /healthz.</summary>
internal static class App
{
    public static WebApplication Create(string[] args, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddLeaderElection("observed-worker") // The Lease's name; the rest comes from configuration.
            .AddLeaderService<Worker>(); // Runs only while this replica leads.
        builder.Services.AddHealthChecks().AddLeaderElection();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("LeaseElection").AddPrometheusExporter());
        configure?.Invoke(builder.Services); // For the tests.

        var app = builder.Build();
        app.MapHealthChecks("/healthz"); // For a liveness probe; never says whether this replica leads.
        app.MapPrometheusScrapingEndpoint(); // /metrics
        return app;
    }
}
