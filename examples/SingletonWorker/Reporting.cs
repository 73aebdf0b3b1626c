using LeaseElection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace SingletonWorker;

/// <summary>Sets up how the example shows what happens.</summary>
internal static class Reporting
{
    public static void AddReporting(this HostApplicationBuilder builder, bool json)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // RunToExitCodeAsync says it in one line.
        if (json)
        {
            // Standard output belongs to the lines.
            builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
            builder.Services.AddSingleton<JsonLines>();
            builder.Services.AddSingleton<IReport>(services => new JsonReport(
                new(() => services.GetRequiredService<ILeaderElection>().Identity), TimeProvider.System,
                services.GetRequiredService<JsonLines>()));
        }
        else
        {
            builder.Services.AddSingleton<IReport, LogReport>();
        }

        builder.Services.AddHostedService<StepDownOnSignal>();
        builder.Services.AddHostedService<Reporter>();
        WorkerOptions.AddTo(builder);
    }

    /// <summary>
    /// Runs the host. Whatever keeps it from starting says in its message what to do: one line and exit code 1, not a stack trace.
    /// </summary>
    public static async Task<int> RunToExitCodeAsync(this IHost host)
    {
        try
        {
            await host.RunAsync();
            return 0;
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync($"SingletonWorker: {error.Message}");
            return 1;
        }
    }
}
