using System.CommandLine;
using System.CommandLine.Help;

namespace LeaseElection.Chaos.Options;

/// <summary>The command line.</summary>
internal sealed record ChaosOptions
{
    private const string About = """
        Five workers as processes of their own, each behind a TCP proxy of its own, elect a leader on a kube-apiserver and etcd that are
        started for them. A nemesis stops, kills and freezes them, cuts and slows their network, restarts the servers, deletes and edits the
        Lease. An oracle reads what the workers say and tells whether two ever worked at once.

        Exit code 0: all held (the figures of others are figures, whatever they are). 1: ours broke a promise, or the run could not be made.
        2: a mistake in the command line. Ctrl+C ends the run, the workers and the servers.
        """;

    private static readonly Option<double> MinutesOption = OptionValues.Option(
        "--minutes", "N", "How long the nemesis is at work, 0.5 to 1440", given => OptionValues.Number(given, 0.5, 1440), 1.5);

    private static readonly Option<ulong> SeedOption = OptionValues.Option(
        "--seed", "S", "0 to 18446744073709551615: the same seed and length give the same schedule of faults", OptionValues.Seed, 1UL);

    private static readonly Option<string> PeerOption = OptionValues.Option(
        "--peer", "WHO", "ours, client-go or kubernetesclient: whose elector the workers use; all: one after the other, and a table",
        OptionValues.Peer, Peer.Ours.Name());

    private static readonly Option<double> LeaseOption = OptionValues.Option(
        "--lease", "SECONDS", "LeaseDuration, 3 to 60; every other duration scales with it, as by default",
        given => OptionValues.Whole(given, 3, 60, " of seconds"), 4.0);

    private static readonly Option<string> OutOption = OptionValues.Option(
        "--out", "DIR", "Where summary, timeline and lines are written; eng/chaos.sh: from the repository",
        OptionValues.Folder, Path.Combine("artifacts", "chaos"));

    private static readonly Option<double> HandOversOption = new("--hand-overs")
    {
        HelpName = "N",
        Description =
            "Instead of the nemesis: two of ours, two of client-go's and one of KubernetesClient's share the Lease, and the one that works "
            + "is asked to stop (SIGTERM), 1 to 10000 times",
        CustomParser = given => OptionValues.Whole(given, 1, 10_000),
    };

    private static readonly Option<bool> PlanOption = new("--plan") { Description = "Print the schedule and run nothing" };

    private static readonly Command Command = new("eng/chaos.sh", About)
    {
        MinutesOption, SeedOption, PeerOption, LeaseOption, OutOption, HandOversOption, PlanOption, new HelpOption(),
    };

    public bool Help { get; private init; }

    public bool PlanOnly { get; private init; }

    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Gets how many hand-overs in mixed company are to be made instead; null: none.</summary>
    public int? HandOvers { get; init; }

    public ulong Seed { get; init; } = 1;

    public IReadOnlyList<Peer> Peers { get; private init; } = [Peer.Ours];

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(4);

    public string Out { get; init; } = Path.Combine("artifacts", "chaos");

    public static int WriteHelp() => Command.Parse(["--help"]).Invoke();

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">A mistake; the message says what is right.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> args)
    {
        var read = Command.Parse(args);
        if (read.Action is HelpAction)
            return new() { Help = true };
        if (read.Errors is [var mistake, ..])
            throw new FormatException($"{mistake.Message.TrimEnd('.')}. See --help");
        var isHandOver = IsGiven(HandOversOption);
        if (isHandOver && (IsGiven(MinutesOption) || IsGiven(PeerOption)))
            throw new FormatException("--hand-overs goes without --minutes and --peer: it is no nemesis, and its company is fixed");
        return new()
        {
            PlanOnly = read.GetValue(PlanOption),
            Length = TimeSpan.FromMinutes(read.GetValue(MinutesOption)),
            HandOvers = isHandOver ? (int)read.GetValue(HandOversOption) : null,
            Seed = read.GetValue(SeedOption),
            Peers = PeerNames.Parse(read.GetValue(PeerOption)!)!,
            Lease = TimeSpan.FromSeconds(read.GetValue(LeaseOption)),
            Out = read.GetValue(OutOption)!,
        };

        bool IsGiven(Option option) => read.GetResult(option) is { Implicit: false };
    }
}
