using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Testing.Tests.Docs.Recipes;

internal static class MassTransitRecipe
{
    public static void Add(HostApplicationBuilder builder)
    {
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddConsumer<ReportConsumer>();
            bus.UsingInMemory((context, configuration) => configuration.ConfigureEndpoints(context));
        });
        builder.Services.RemoveMassTransitHostedService();
        builder.Services.AddLeaderElection("report-consumer").AddLeaderService<MassTransitHostedService>();
    }

    public static Task PublishAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IBus>().Publish(new ReportWanted(), cancellationToken);

    internal sealed record ReportWanted;

    internal sealed class ReportConsumer(Worked worked) : IConsumer<ReportWanted>
    {
        public Task Consume(ConsumeContext<ReportWanted> context)
        {
            worked.Once();
            return Task.CompletedTask;
        }
    }
}
