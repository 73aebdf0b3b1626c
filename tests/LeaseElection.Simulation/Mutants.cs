namespace LeaseElection.Simulation;

/// <summary>
/// Which rule is broken on purpose. Only the build of the woven sources (LeaseElection.Simulation.Mutants) has any; in the sources as they
/// are, nothing
/// asks.
/// </summary>
internal static partial class Mutants
{
    [ThreadStatic]
    private static string? _active;

    /// <summary>Gets or sets the mutant of this thread: a world of the machine is played by one.</summary>
    public static string? Active
    {
        get => _active;
        set => _active = value;
    }

    /// <summary>Gets or sets the mutant of the whole process: a world of the shell runs on many threads.</summary>
    public static string? Everywhere { get; set; }

    /// <summary>Gets the names of all mutants of the machine in this build.</summary>
    public static IReadOnlyCollection<string> All { get; } = NamesOfMachine();

    /// <summary>Gets the names of all mutants of hosting and runtime in this build.</summary>
    public static IReadOnlyCollection<string> Shell { get; } = NamesOfShell();

    /// <summary>
    /// Gets the seed of a world that is known to show a mutant: for each of hosting and runtime, and for those of the machine that show
    /// rarely.
    /// </summary>
    public static IReadOnlyDictionary<string, ulong> Seeds { get; } = AllSeeds();

    public static bool Is(string name) => (_active ?? Everywhere) is { } active && active == name;

    static partial void Collect(List<string> names);

    static partial void CollectShell(List<string> names);

    static partial void CollectSeeds(Dictionary<string, ulong> seeds);

    private static List<string> NamesOfMachine()
    {
        var names = new List<string>();
        Collect(names);
        return names;
    }

    private static Dictionary<string, ulong> AllSeeds()
    {
        var seeds = new Dictionary<string, ulong>(StringComparer.Ordinal);
        CollectSeeds(seeds);
        return seeds;
    }

    private static List<string> NamesOfShell()
    {
        var names = new List<string>();
        CollectShell(names);
        return names;
    }
}
