namespace FailoverDemo;

/// <summary>What the demo does, by the command line and the configuration.</summary>
internal sealed record DemoSettings
{
    public DemoSettings(Arguments arguments)
    {
        HostArguments = arguments.ForHost;
        Replicas = [.. Enumerable.Range(1, arguments.Replicas).Select(i => $"replica-{i}")];
        Every = TimeSpan.FromSeconds(arguments.Every);
        For = arguments.For is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
        Json = arguments.Json;
    }

    /// <summary>Gets the command line that each replica's host gets.</summary>
    public string[] HostArguments { get; }

    /// <summary>Gets the names of the replicas.</summary>
    public IReadOnlyList<string> Replicas { get; }

    /// <summary>Gets how often the leader is stopped; zero: never.</summary>
    public TimeSpan Every { get; }

    /// <summary>Gets how long the demo runs.</summary>
    public TimeSpan For { get; }

    /// <summary>Gets a value indicating whether standard output has JSON lines and nothing else.</summary>
    public bool Json { get; }

    /// <summary>Gets how long a replica that has stopped stays away: below the time to the next stop.</summary>
    public TimeSpan Pause => Every > TimeSpan.Zero && Every < TimeSpan.FromSeconds(6) ? Every / 2 : TimeSpan.FromSeconds(3);
}
