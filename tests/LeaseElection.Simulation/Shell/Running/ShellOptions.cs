using System.CommandLine;
using LeaseElection.Simulation.Running;

namespace LeaseElection.Simulation.Shell.Running;

/// <summary>The command line of <c>simulate shell</c>.</summary>
internal sealed record ShellOptions
{
    private const string About = """
        Plays the real hosting code with generated user code around it, in virtual time. Looks for two works at once, leaders without work,
        parts that are not told, renewals that cease, stops that hang, and a health check that lies. Threads are real, so a world is not the
        same to the last bit at every play: one that breaks a rule is played again, and counts when it breaks the same rule again.
        """;

    private static readonly Option<long> SeedsOption = CommandLine.Number("--seeds", "N", "How many worlds to play", 1L, 1000);

    private static readonly Option<ulong> FromOption = CommandLine.Number("--from", "S", "The first seed", 0UL, 1UL);

    private static readonly Option<int> JobsOption =
        CommandLine.Number("--jobs", "J", "How many processes play; by default one for each processor", 1, Environment.ProcessorCount);

    private static readonly Option<int> MostOption = CommandLine.Number("--most", "M", "Stop after so many bad worlds; 0: never", 0, 20);

    private static readonly Option<int> AgainOption =
        CommandLine.Number("--again", "A", "How often a bad world is played again; 0: its first alarm counts", 0, 3);

    private static readonly Option<string?> MutantOption =
        CommandLine.Text("--mutant", "NAME", "Break a rule on purpose; '--mutant list' names those that this build has");

    private static readonly Option<bool> PlansOption = new("--plans") { Description = "Print the worlds' plans, and play nothing" };

    private static readonly Option<ulong?> ReplayOption =
        CommandLine.NumberOrNone("--replay", "S", "Play one seed and print its plan, what happened, and what was found", 0UL);

    private static readonly Option<bool> ChildOption = new("--child") { Hidden = true };

    public static Command Command { get; } = new("shell", About)
    {
        SeedsOption, FromOption, JobsOption, MostOption, AgainOption, MutantOption, PlansOption, ReplayOption, ChildOption,
    };

    public bool Help { get; init; }

    public long Seeds { get; init; }

    public ulong From { get; init; }

    public int Jobs { get; init; }

    public int Most { get; init; }

    public int Again { get; init; }

    public string? Mutant { get; init; }

    public ulong? Replay { get; init; }

    public bool IsPlan { get; init; }

    /// <summary>
    /// Gets a value indicating whether this process plays for another, which adds up: it writes a line for each thing, and ends when its
    /// input does.
    /// </summary>
    public bool IsChild { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">A mistake; the message says what and how to put it right.</exception>
    public static ShellOptions Parse(IReadOnlyList<string> args) =>
        CommandLine.Read(Options.Command, [Command.Name, .. args]) is not { } read
        ? new() { Help = true }
        : new()
        {
            Seeds = read.GetValue(SeedsOption),
            From = read.GetValue(FromOption),
            Jobs = read.GetValue(JobsOption),
            Most = read.GetValue(MostOption),
            Again = read.GetValue(AgainOption),
            Mutant = read.GetValue(MutantOption),
            Replay = read.GetValue(ReplayOption),
            IsPlan = read.GetValue(PlansOption),
            IsChild = read.GetValue(ChildOption),
        };
}
