using Hangfire;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Testing.Tests.Docs.Recipes;

internal static class HangfireRecipe
{
    public static void Add(HostApplicationBuilder builder, InMemoryStorage storage)
    {
        builder.Services.AddHangfire(configuration => configuration.UseStorage(storage));
        builder.Services.AddLeaderElection("report-scheduler").AddLeaderService(services => new BackgroundJobServerHostedService(
            services.GetRequiredService<JobStorage>(),
            new BackgroundJobServerOptions { Activator = services.GetRequiredService<JobActivator>() },
            []));
    }

    public static void Enqueue(IServiceProvider services) =>
        services.GetRequiredService<IBackgroundJobClient>().Enqueue<ReportJob>(static job => job.Run());

    internal sealed class ReportJob(Worked worked)
    {
        public void Run() => worked.Once();
    }
}
