using k8s;
using LeaseElection.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Testing.Tests.Standalone;

/// <summary>A host as a user's Program.cs builds it, with a cluster configuration that throws at every look.</summary>
internal static class StandaloneHost
{
    /// <summary>No host can start with this one.</summary>
    public static KubernetesClientConfiguration Unusable => new() { Host = "not a url" };

    public static HostApplicationBuilder Builder(params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(configuration.Select(c => KeyValuePair.Create(c.Key, (string?)c.Value)));
        builder.Services.AddSingleton(Unusable);
        builder.Logging.Services.AddSingleton<ILoggerProvider, HostLog>();
        return builder;
    }

    /// <summary>
    /// What the host has warned of until now. Lines reach the log a moment after they are written, on a queue of the host's.
    /// </summary>
    public static async Task<string[]> WarningsAsync(this IHost host)
    {
        await host.Services.GetRequiredService<ForeignQueues>().FlushAsync();
        return [.. host.Services.GetServices<ILoggerProvider>().OfType<HostLog>().Single().Warnings];
    }
}
