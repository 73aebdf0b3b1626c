using System.Globalization;

namespace LeaseElection.Chaos.Options;

/// <summary>The command line.</summary>
internal sealed record ChaosOptions
{
    public const string Usage = """
        Usage: eng/chaos.sh [--minutes N | --hand-overs N] [--seed S] [--peer WHO] [--lease SECONDS] [--out DIR]

        Five workers as processes of their own, each behind a TCP proxy of its own, elect a leader on a kube-apiserver and etcd that are
        started for them. A nemesis stops, kills and freezes them, cuts and slows their network, restarts the servers, deletes and edits the
        Lease. An oracle reads what the workers say and tells whether two ever worked at once.

          --minutes N      how long the nemesis is at work, 0.5 to 1440 (1.5)
          --seed S         0 to 18446744073709551615 (1): the same seed and length give the same schedule of faults
          --peer WHO       ours, client-go or kubernetesclient: whose elector the workers use; all: one after the other, and a table (ours)
          --lease SECONDS  LeaseDuration, 3 to 60; every other duration scales with it, as by default (4)
          --out DIR        where summary, timeline and lines are written; eng/chaos.sh: from the repository (artifacts/chaos)
          --hand-overs N   instead of the nemesis: two of ours, two of client-go's and one of KubernetesClient's share the Lease, and the one that
                           works is asked to stop (SIGTERM), 1 to 10000 times
          --plan           print the schedule and run nothing
          --help           this text

        Exit code 0: all held (the figures of others are figures, whatever they are). 1: ours broke a promise, or the run could not be made.
        2: a mistake in the command line. Ctrl+C ends the run, the workers and the servers.
        """;

    public bool Help { get; private init; }

    public bool PlanOnly { get; private init; }

    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Gets how many hand-overs in mixed company are to be made instead; null: none.</summary>
    public int? HandOvers { get; init; }

    public ulong Seed { get; init; } = 1;

    public IReadOnlyList<Peer> Peers { get; private init; } = [Peer.Ours];

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(4);

    public string Out { get; init; } = Path.Combine("artifacts", "chaos");

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">A mistake; the message says what is right.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> args)
    {
        var read = new ChaosOptions();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h")
                return new() { Help = true };
            if (args[i] is "--plan")
            {
                read = read with { PlanOnly = true };
                continue;
            }

            var option = args[i];
            if (option is not ("--minutes" or "--seed" or "--hand-overs" or "--peer" or "--lease" or "--out"))
                throw new FormatException($"'{option}' is no option: see --help");
            var value = ++i < args.Count ? args[i] : throw new FormatException($"{option} has no value: see --help");
            read = read.With(option, value);
        }

        if (read.HandOvers is not null && args.Any(option => option is "--minutes" or "--peer"))
            throw new FormatException("--hand-overs goes without --minutes and --peer: it is no nemesis, and its company is fixed");
        return read;
    }

    private ChaosOptions With(string option, string value) => option switch
    {
        "--minutes" => this with { Length = TimeSpan.FromMinutes(Number(option, value, 0.5, 1440)) },
        "--lease" => this with { Lease = TimeSpan.FromSeconds(Whole(option, value, 3, 60, " of seconds")) },
        "--hand-overs" => this with { HandOvers = (int)Whole(option, value, 1, 10_000) },
        "--seed" => this with
        {
            Seed = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
                ? seed
                : throw new FormatException($"--seed is '{value}': it must be a whole number, 0 to {ulong.MaxValue}"),
        },
        "--peer" => this with
        {
            Peers = PeerNames.Parse(value) ?? throw new FormatException($"--peer is '{value}': it must be ours, client-go, kubernetesclient or all"),
        },
        _ => this with { Out = value.Length > 0 ? value : throw new FormatException("--out is empty: it must name a folder") },
    };

    private static double Number(string option, string value, double least, double most) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{option} is '{value}': it must be a number from {least} to {most}"));

    // The Lease carries whole seconds.
    private static double Whole(string option, string value, double least, double most, string unit = "") =>
        Number(option, value, least, most) is var number && double.IsInteger(number)
            ? number
            : throw new FormatException($"{option} is '{value}': it must be a whole number{unit}");
}
