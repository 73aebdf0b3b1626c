namespace LeaseElection.Benchmarks.CommandLine;

/// <summary>What the command line asks for. Sizes that are not given are each what's own.</summary>
internal sealed record Request
{
    /// <summary>Gets what is to be measured.</summary>
    public required What What { get; init; }

    /// <summary>Gets how often each case of ours is measured; null: not given.</summary>
    public int? Runs { get; init; }

    /// <summary>Gets the numbers of standbys; null: not given.</summary>
    public IReadOnlyList<int>? Standbys { get; init; }

    /// <summary>Gets the numbers of elections in a process; null: not given.</summary>
    public IReadOnlyList<int>? Elections { get; init; }

    /// <summary>Gets how long a steady state is watched; null: not given.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>Gets the JSON file to write; null: none.</summary>
    public string? Out { get; init; }

    /// <summary>Gets the SVG file to write; null: none.</summary>
    public string? Plot { get; init; }

    /// <summary>Gets a value indicating whether everything is as small as it can be: it shows that it works, and no times.</summary>
    public bool Smallest { get; init; }
}
