using System.CommandLine;
using System.CommandLine.Help;
using LeaseElection.Simulation.Shell.Running;

namespace LeaseElection.Simulation.Running;

/// <summary>The command line.</summary>
internal sealed record Options
{
    private const string About = """
        Plays elections in virtual time, each from one 64-bit seed, and looks for two leaders, two works, bad tokens, and for nobody leading.

        Exits with 1 when a rule was broken (it prints the seed, a minimal list of faults, and the command that replays them), 2 on a mistake here.
        Ctrl+C ends the run; what was played until then is told (exit code 130).
        """;

    private static readonly Option<long> SeedsOption = CommandLine.Number(
        "--seeds", "N", "How many worlds to play, on all cores", 1L, 1000);

    private static readonly Option<double> MinutesOption = CommandLine.Number("--minutes", "M", "Virtual minutes a world", 0.1, 10);

    private static readonly Option<ulong> FromOption = CommandLine.Number("--from", "S", "The first seed", 0UL, 1UL);

    private static readonly Option<string?> MutantOption =
        CommandLine.Text("--mutant", "NAME", "Break a rule on purpose; '--mutant list' names those that this build has");

    private static readonly Option<ulong?> ReplayOption = CommandLine.NumberOrNone(
        "--replay", "S", "Play one seed and print its trace", 0UL);

    private static readonly Option<IReadOnlyList<int>?> FaultsOption = new("--faults")
    {
        HelpName = "I,J,...",
        Description = "With --replay: only these of its faults, by their numbers; 'none' for none",
        CustomParser = given => given.Tokens[0].Value is var value and not "none"
            ? [.. value.Split(',').Select(part => CommandLine.Read(given, 0, part))]
            : [],
    };

    private static readonly Option<string?> SvgOption = CommandLine.Text("--svg", "FILE", "With --replay: draw it as a timeline");

    private static readonly Option<string> OutOption = new("--out")
    {
        HelpName = "DIR",
        Description = "Where a failure's trace and timeline go",
        DefaultValueFactory = _ => Path.Combine("artifacts", "simulation"),
    };

    static Options() => Command.SetAction(static _ => 0); // Without an action it would ask for "shell".

    public static Command Command { get; } = new("simulate", About)
    {
        SeedsOption, MinutesOption, FromOption, MutantOption, ReplayOption, FaultsOption, SvgOption, OutOption, new HelpOption(),
        ShellOptions.Command,
    };

    public bool Help { get; init; }

    public long Seeds { get; init; }

    public double Minutes { get; init; }

    public ulong From { get; init; }

    public string? Mutant { get; init; }

    public ulong? Replay { get; init; }

    public IReadOnlyList<int>? Faults { get; init; }

    public string? Svg { get; init; }

    public string Out { get; init; } = "";

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);

    public static int WriteHelp() => CommandLine.WriteHelp(Command);

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">A mistake; the message says what and how to put it right.</exception>
    public static Options Parse(IReadOnlyList<string> args)
    {
        if (CommandLine.Read(Command, args) is not { } read)
            return new() { Help = true };
        var options = new Options
        {
            Seeds = read.GetValue(SeedsOption),
            Minutes = read.GetValue(MinutesOption),
            From = read.GetValue(FromOption),
            Mutant = read.GetValue(MutantOption),
            Replay = read.GetValue(ReplayOption),
            Faults = read.GetValue(FaultsOption),
            Svg = read.GetValue(SvgOption),
            Out = read.GetValue(OutOption)!,
        };
        return options.Replay is null && (options.Faults is not null || options.Svg is not null)
            ? throw new FormatException("--faults and --svg go with --replay. See --help")
            : options;
    }
}
