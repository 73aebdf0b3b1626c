namespace LeaseElection.Simulation;

/// <summary>
/// Which rule is broken on purpose, on this thread. Only the build of the woven sources (LeaseElection.Simulation.Mutants) has any; in the
/// sources as they are, nothing asks.
/// </summary>
internal static partial class Mutants
{
    [ThreadStatic]
    private static string? _active;

    public static string? Active
    {
        get => _active;
        set => _active = value;
    }

    /// <summary>Gets the names of all mutants of this build.</summary>
    public static IReadOnlyCollection<string> All { get; } = Names();

    public static bool Is(string name) => _active is not null && _active == name;

    static partial void Collect(List<string> names);

    private static List<string> Names()
    {
        var names = new List<string>();
        Collect(names);
        return names;
    }
}
