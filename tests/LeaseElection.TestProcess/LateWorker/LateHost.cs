using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SingletonWorker;

namespace LeaseElection.TestProcess.LateWorker;

/// <summary>A service whose worker writes long after its check.</summary>
internal static class LateHost
{
    public static async Task RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<JsonLines>();
        builder.Services.AddSingleton<IReport>(services => new JsonReport(
            new(() => services.GetRequiredService<ILeaderElection>().Identity), TimeProvider.System,
            services.GetRequiredService<JsonLines>()));
        builder.Services.AddLeaderElection("late-worker").AddLeaderService<LateWriter>();
        await builder.Build().RunAsync();
    }
}
