namespace SingletonWorker;

/// <summary>The worker's settings: the command line, or configuration.</summary>
internal sealed class WorkerOptions
{
    /// <summary>Gets or sets how often the worker works, in milliseconds: 1 to 60,000.</summary>
    public int Tick { get; set; } = 20;

    /// <summary>Gets or sets a value indicating whether standard output has one JSON object a line and nothing else.</summary>
    public bool Json { get; set; }
}
