using Microsoft.Extensions.Configuration;

namespace SingletonWorker;

/// <summary>The worker's settings: the command line, or configuration.</summary>
internal sealed class WorkerOptions
{
    /// <summary>Gets or sets how often the worker works, in milliseconds: 1 to 60,000.</summary>
    public int Tick { get; set; } = 20;

    /// <summary>Binds them, and checks them at start.</summary>
    public static void AddTo(HostApplicationBuilder builder) => builder.Services.AddOptions<WorkerOptions>().Bind(builder.Configuration)
        .Validate(o => o.Tick is >= 1 and <= 60_000, "--tick must be 1 to 60000 milliseconds").ValidateOnStart();
}
