using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FailoverDemo;

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    private const string About =
        """
        Shows failovers without a cluster: an API server for Leases and several replicas of examples/SingletonWorker run in this process.
        The leader is stopped again and again, in turn gracefully and by freezing it (the API server no longer answers it), and each failover is timed.
        On a terminal it is a live view, otherwise plain lines.

        SIGTERM or Ctrl+C: all replicas stop their work and release the Lease, exit code 0. A mistake in the settings: one line, exit code 1.
        """;

    private static readonly Option<int?> ReplicasOption =
        Whole("--replicas", "N", "How many replicas, 1 to 9", 3, 1, 9, "for example --replicas 3");

    private static readonly Option<int?> EveryOption =
        Whole(
            "--every", "SECONDS", "How often the leader is stopped, 0 to 3600; 0 is never", 10, 0, 3600,
            "for example --every 10; 0 is never");

    private static readonly Option<int?> ForOption = Whole(
        "--for", "SECONDS", "The demo ends after this time, 1 to 86400; without it, it runs until Ctrl+C", null, 1, 86400,
        "for example --for 60; without it the demo runs until Ctrl+C");

    private static readonly Option<bool> JsonOption =
        new("--json") { Description = "One JSON object a line on standard output and nothing else; all other lines go to standard error" };

    // The replicas' hosts read and check it, as SingletonWorker does.
    private static readonly Option<string> TickOption =
        new("--tick") { HelpName = "MILLISECONDS", Description = "How often the worker works, 1 to 60000 [default: 20]" };

    private static readonly Argument<string[]> SettingsArgument = new("settings")
    {
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
        Description = "Any setting of the election, for example --LeaderElection:LeaseDuration 00:00:10 (default here: 5 s). "
            + "Settings also come from appsettings.json and environment variables (LeaderElection__LeaseDuration=...)",
    };

    private static readonly Command Demo = new(nameof(FailoverDemo), About)
    {
        ReplicasOption, EveryOption, ForOption, JsonOption, TickOption, SettingsArgument, new HelpOption(),
    };

    // The host's own settings; those of the election have a colon.
    private static readonly string[] OfHost = ["--environment", "--contentRoot", "--applicationName"];

    public bool Help { get; private init; }

    /// <summary>Gets a value indicating whether standard output has JSON lines and nothing else.</summary>
    public bool Json { get; private init; }

    /// <summary>Gets how many replicas to run.</summary>
    public int Replicas { get; private init; }

    /// <summary>Gets how often the leader is stopped, in seconds, 0 for never.</summary>
    public int Every { get; private init; }

    /// <summary>Gets when all ends by itself, in seconds; null: it does not.</summary>
    public int? For { get; private init; }

    /// <summary>Gets the arguments for the replicas' hosts.</summary>
    public string[] ForHost { get; private init; } = [];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">A mistake; the message says what and how to put it right.</exception>
    public static Arguments Parse(string[] args)
    {
        var read = Demo.Parse(args);
        if (read.Action is HelpAction)
            return new() { Help = true };
        if (read.Errors is [var mistake, ..])
            throw new FormatException($"{mistake.Message.TrimEnd('.')}. See --help.");
        return new()
        {
            Replicas = read.GetValue(ReplicasOption)!.Value,
            Every = read.GetValue(EveryOption)!.Value,
            For = read.GetValue(ForOption),
            Json = read.GetValue(JsonOption),
            ForHost = [.. read.GetValue(TickOption) is { } tick ? (string[])[$"--tick={tick}"] : [], .. Settings(
                read.GetValue(SettingsArgument)!)],
        };
    }

    public static void WriteHelp(TextWriter output) => Demo.Parse(["--help"]).Invoke(new() { Output = output });

    private static IEnumerable<string> Settings(IReadOnlyList<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (!token.StartsWith("--", StringComparison.Ordinal))
                throw new FormatException($"'{token}' is no option: an option begins with --. See --help.");
            var key = token.Split('=')[0];
            if (!key.Contains(':', StringComparison.Ordinal) && !OfHost.Contains(key, StringComparer.OrdinalIgnoreCase))
                throw new FormatException(
                    $"{key} is no option: see --help, or write a setting in full, as in --LeaderElection:LeaseDuration 00:00:05.");
            if (key != token)
                yield return token;
            else if (++i < tokens.Count && !tokens[i].StartsWith("--", StringComparison.Ordinal))
                yield return $"{key}={tokens[i]}";
            else
                throw new FormatException($"{key} has no value: give one, as in {key} VALUE. See --help.");
        }
    }

    private static Option<int?> Whole(string name, string value, string description, int? ordinary, int least, int most, string example)
    {
        var option = new Option<int?>(name) { HelpName = value, Description = description, CustomParser = Read };
        if (ordinary is not null)
            option.DefaultValueFactory = _ => ordinary;
        return option;

        int? Read(ArgumentResult given)
        {
            var text = given.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            given.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{name} is '{text}': it must be a whole number from {least} to {most}, {example}"));
            return null;
        }
    }
}
