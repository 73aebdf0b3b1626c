using LeaseElection.Benchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Benchmarks.Startup;

/// <summary>One host with one election, from its start to its work, and gone again.</summary>
internal static class HostRun
{
    /// <summary>Gets how long it took, in ms. The Lease is there and released afterwards.</summary>
    public static async Task<double> MeasureAsync(Stage stage, string lease, CancellationToken cancellationToken)
    {
        var begun = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(stage.Direct.Configuration());
        builder.Services.AddLeaderElection(lease, options => options.Namespace = stage.Namespace).OnLeading((_, _) =>
        {
            begun.TrySetResult(Clock.NowNs);
            return Task.CompletedTask;
        });
        using var host = builder.Build();
        var from = Clock.NowNs;
        await host.StartAsync(cancellationToken);
        var to = await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, cancellationToken);
        await host.StopAsync(cancellationToken);
        return Clock.Milliseconds(from, to);
    }
}
