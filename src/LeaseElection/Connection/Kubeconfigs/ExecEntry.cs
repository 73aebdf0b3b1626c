namespace LeaseElection.Connection.Kubeconfigs;

/// <summary>A program that gives credentials.</summary>
internal sealed record ExecEntry
{
    public string? ApiVersion { get; init; }

    /// <summary>Gets the command: a name to be found on PATH, or a path, absolute if the file had it relative to itself.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    public string? InstallHint { get; init; }

    public bool ProvideClusterInfo { get; init; }

    /// <summary>Gets Never, IfAvailable or Always; null when it is not set (an error in v1).</summary>
    public string? InteractiveMode { get; init; }
}
