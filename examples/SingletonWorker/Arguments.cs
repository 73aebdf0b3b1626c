using System.Globalization;

namespace SingletonWorker;

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    // Options of ours that are settings of the host as well, and the host's own.
    private static readonly string[] OfHost = ["tick", "environment", "contentRoot", "applicationName"];

    public bool Help { get; private init; }

    /// <summary>Gets a value indicating whether standard output has JSON lines and nothing else.</summary>
    public bool Json { get; private init; }

    /// <summary>Gets how many replicas to run; null when not given.</summary>
    public int? Replicas { get; private init; }

    /// <summary>Gets how often the leader is stopped, in seconds, 0 for never; null when not given.</summary>
    public int? Every { get; private init; }

    /// <summary>Gets when all ends by itself, in seconds; null when not given.</summary>
    public int? For { get; private init; }

    public int ReplicasOrDefault => Replicas ?? 3;

    /// <summary>Gets the first option that only the demo has; null when none was given.</summary>
    public string? OfDemo => Replicas is not null ? "--replicas" : Every is not null ? "--every" : For is not null ? "--for" : null;

    /// <summary>Gets the arguments for the host.</summary>
    public string[] ForHost { get; private init; } = [];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">A mistake; the message says what and how to put it right.</exception>
    public static Arguments Parse(string[] args)
    {
        var read = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--help" or "-h" or "-?")
                return new() { Help = true };
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                throw new FormatException($"'{args[i]}' is no option: an option begins with --. See --help");
            var (key, value) = args[i].Split('=', 2) is [var before, var behind] ? (before[2..], behind) : (args[i][2..], null);
            if (key.Equals("json", StringComparison.OrdinalIgnoreCase))
            {
                // A flag alone would swallow the argument behind it.
                value ??= "true";
                read = read with { Json = Flag(value) };
            }

            value ??= ++i < args.Length && !args[i].StartsWith("--", StringComparison.Ordinal)
                ? args[i] : throw new FormatException($"--{key} has no value: give one, as in --{key} VALUE. See --help");
            read = read.With(key, value);
        }

        return read;
    }

    private Arguments With(string key, string value) => key.ToLowerInvariant() switch
    {
        "replicas" => this with { Replicas = Number(key, value, 1, 9, "for example --replicas 3") },
        "every" => this with { Every = Number(key, value, 0, 3600, "for example --every 10; 0 is never") },
        "for" => this with { For = Number(key, value, 1, 86400, "for example --for 60; without it the demo runs until Ctrl+C") },
        var name when name == "json" || name.Contains(':', StringComparison.Ordinal) || OfHost.Contains(name, StringComparer.OrdinalIgnoreCase) =>
            this with { ForHost = [.. ForHost, $"--{key}={value}"] },
        _ => throw new FormatException($"--{key} is no option: see --help, or write a setting in full, as in --LeaderElection:LeaseDuration 00:00:05"),
    };

    private static int Number(string key, string value, int least, int most, string example) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"--{key} is '{value}': it must be a whole number from {least} to {most}, {example}"));

    private static bool Flag(string value) => bool.TryParse(value, out var flag)
        ? flag : throw new FormatException($"--json is '{value}': it must be true or false, or stand alone");
}
