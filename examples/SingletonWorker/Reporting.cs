using LeaseElection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace SingletonWorker;

/// <summary>Sets up how the example shows what happens.</summary>
internal static class Reporting
{
    public static void AddReporting(this HostApplicationBuilder builder)
    {
        // Standard output belongs to the report.
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton<JsonLines>();
        builder.Services.AddSingleton(services => Create(services, builder.Configuration.GetValue("json", defaultValue: false)));
        builder.Services.AddHostedService<StepDownOnSignal>();
        builder.AddReporter();
    }

    /// <summary>As <see cref="AddReporting(HostApplicationBuilder)"/>, for one of several replicas of a process.</summary>
    public static void AddReporting(this HostApplicationBuilder builder, IReport report, ILoggerProvider log)
    {
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddProvider(log);
        builder.Services.AddSingleton(report);
        builder.AddReporter();
    }

    /// <summary>Runs the host; a mistake in the configuration is a message and exit code 1, not a stack trace.</summary>
    public static async Task<int> RunToExitCodeAsync(this IHost host)
    {
        try
        {
            await host.RunAsync();
            return 0;
        }
        catch (Exception error)
        {
            return await FailAsync(error);
        }
    }

    /// <summary>Whatever keeps a host from starting says in its message what to do.</summary>
    public static async Task<int> FailAsync(Exception error)
    {
        await Console.Error.WriteLineAsync($"SingletonWorker: {error.Message}");
        return 1;
    }

    private static void AddReporter(this HostApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // RunToExitCodeAsync says it in one line.
        builder.Services.AddOptions<WorkerOptions>().Bind(builder.Configuration)
            .Validate(o => o.Tick is >= 1 and <= 60_000, "--tick must be 1 to 60000 milliseconds").ValidateOnStart();
        builder.Services.AddHostedService<Reporter>();
    }

    private static IReport Create(IServiceProvider services, bool json)
    {
        var time = services.GetRequiredService<TimeProvider>();
        return json
            ? new JsonReport(new(() => services.GetRequiredService<ILeaderElection>().Identity), time, services.GetRequiredService<JsonLines>())
            : new ConsoleReport(time);
    }
}
