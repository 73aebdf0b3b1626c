using System.Globalization;

namespace LeaseElection.Simulation.Shell.Running;

/// <summary>The command line of <c>simulate shell</c>.</summary>
internal sealed record ShellOptions
{
    public const string HelpText = """
        Plays the real hosting code with generated user code around it, in virtual time: services that throw, hang and block, loggers and callbacks that do, hosts that are
        stopped, disposed of and started anew. Each world comes from one 64-bit seed. Looks for two works at once, leaders without work, parts that are not told, renewals
        that cease, stops that hang, and a health check that lies.

        Usage: simulate shell [--seeds N] [--from S] [--jobs J] [--mutant NAME] [--most M]
               simulate shell --replay S [--mutant NAME]
               simulate shell --plans [--seeds N] [--from S]

          --seeds N     how many worlds to play (default 1000)
          --from S      the first seed (default 1)
          --jobs J      how many processes play (default: one for each processor)
          --most M      stop after so many bad worlds (default 20; 0: never)
          --again A     how often a bad world is played again (default 3; 0: its first alarm counts)
          --mutant NAME break a rule on purpose; '--mutant list' names those that this build has
          --plans       print the worlds' plans, and play nothing
          --replay S    play one seed and print its plan, what happened, and what was found

        Threads are real, so a world is not the same to the last bit at every play. A world that breaks a rule is played again, up to three times and with more patience; it counts
        when it breaks the same rule again.
        Exits with 1 when a rule was broken, 2 on a mistake here. Ctrl+C or SIGTERM ends the run; what was played until then is told (exit code 130).
        """;

    public bool Help { get; init; }

    public long Seeds { get; init; } = 1000;

    public ulong From { get; init; } = 1;

    public int Jobs { get; init; } = Environment.ProcessorCount;

    public int Most { get; init; } = 20;

    public int Again { get; init; } = 3;

    public string? Mutant { get; init; }

    public ulong? Replay { get; init; }

    public bool IsPlan { get; init; }

    /// <summary>Gets a value indicating whether this process plays for another, which adds up: it writes a line for each thing, and ends when its input does.</summary>
    public bool IsChild { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">A mistake; the message says what and how to put it right.</exception>
    public static ShellOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ShellOptions();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h")
                return options with { Help = true };
            if (args[i] == "--plans")
            {
                options = options with { IsPlan = true };
                continue;
            }

            if (args[i] == "--child")
            {
                options = options with { IsChild = true };
                continue;
            }

            var key = args[i];
            var value = ++i < args.Count ? args[i] : throw new FormatException($"{key} has no value, or is no option. See shell --help");
            options = key switch
            {
                "--seeds" => options with { Seeds = Number<long>(key, value, 1) },
                "--from" => options with { From = Number<ulong>(key, value, 0) },
                "--jobs" => options with { Jobs = Number(key, value, 1) },
                "--most" => options with { Most = Number(key, value, 0) },
                "--again" => options with { Again = Number(key, value, 0) },
                "--mutant" => options with { Mutant = value },
                "--replay" => options with { Replay = Number<ulong>(key, value, 0) },
                _ => throw new FormatException($"'{key}' is no option. See shell --help"),
            };
        }

        return options;
    }

    private static T Number<T>(string key, string value, T least)
        where T : System.Numerics.INumber<T> =>
        T.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new FormatException($"{key} is '{value}'; it must be a whole number, {least} or more");
}
