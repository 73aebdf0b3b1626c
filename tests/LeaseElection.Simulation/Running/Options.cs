using System.Globalization;

namespace LeaseElection.Simulation.Running;

/// <summary>The command line.</summary>
internal sealed record Options
{
    public const string HelpText = """
        Plays elections in virtual time, each from one 64-bit seed, and looks for two leaders, two works, bad tokens, and for nobody leading.

        Usage: simulate [--seeds N] [--minutes M] [--from S] [--mutant NAME]
               simulate --replay S [--minutes M] [--faults I,J,...] [--svg FILE]
               simulate shell ...: hosting and pump with user code around them; see simulate shell --help

          --seeds N     how many worlds to play (default 1000), on all cores
          --minutes M   virtual minutes a world (default 10)
          --from S      the first seed (default 1)
          --mutant NAME break a rule on purpose; '--mutant list' names those that this build has
          --replay S    play one seed and print its trace
          --faults ...  with --replay: only these of its faults, by their numbers; 'none' for none
          --svg FILE    with --replay: draw it as a timeline
          --out DIR     where a failure's trace and timeline go (default artifacts/simulation)

        Exits with 1 when a rule was broken (it prints the seed, a minimal list of faults, and the command that replays them), 2 on a mistake here.
        Ctrl+C ends the run; what was played until then is told (exit code 130).
        """;

    public bool Help { get; init; }

    public long Seeds { get; init; } = 1000;

    public double Minutes { get; init; } = 10;

    public ulong From { get; init; } = 1;

    public string? Mutant { get; init; }

    public ulong? Replay { get; init; }

    public IReadOnlyList<int>? Faults { get; init; }

    public string? Svg { get; init; }

    public string Out { get; init; } = Path.Combine("artifacts", "simulation");

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">A mistake; the message says what and how to put it right.</exception>
    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h")
                return options with { Help = true };
            var key = args[i];
            var value = ++i < args.Count ? args[i] : throw new FormatException($"{key} has no value, or is no option. See --help");
            options = key switch
            {
                "--seeds" => options with { Seeds = Number<long>(key, value, 1) },
                "--minutes" => options with { Minutes = Number(key, value, 0.1) },
                "--from" => options with { From = Number<ulong>(key, value, 0) },
                "--mutant" => options with { Mutant = value },
                "--replay" => options with { Replay = Number<ulong>(key, value, 0) },
                "--faults" => options with { Faults = value == "none" ? [] : [.. value.Split(',').Select(part => Number(key, part, 0))] },
                "--svg" => options with { Svg = value },
                "--out" => options with { Out = value },
                _ => throw new FormatException($"'{key}' is no option. See --help"),
            };
        }

        if (options.Replay is null && (options.Faults is not null || options.Svg is not null))
            throw new FormatException("--faults and --svg go with --replay. See --help");
        return options;
    }

    private static T Number<T>(string key, string value, T least)
        where T : System.Numerics.INumber<T> =>
        T.TryParse(value, NumberStyles.Float & ~NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new FormatException($"{key} is '{value}'; it must be a number, {least} or more");
}
