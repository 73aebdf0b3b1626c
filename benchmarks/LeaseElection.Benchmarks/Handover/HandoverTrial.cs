using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Candidates;
using LeaseElection.Benchmarks.Measuring.Servers;
using LeaseElection.Benchmarks.Measuring.Statistics;

namespace LeaseElection.Benchmarks.Handover;

/// <summary>Hand-overs with one number of standbys.</summary>
internal sealed class HandoverTrial(Session session, Stage stage, int standbys)
{
    public const string FromAsked = "stop to work";
    public const string FromEnded = "work's end to work";
    public const string Requests = "PUT, event, PUT";
    private const string Unit = "ms";
    private const int PutsOfFloor = 2;

    private static readonly TimeSpan AWhile = TimeSpan.FromSeconds(0.5);

    // What repeats itself in an election at rest: our renewals; the polls of client-go and its kind, RetryPeriod and up to 1.2 of it more.
    private static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestPoll = CandidateTimings.Defaults.RetryPeriod * 2.2;

    // A seed: the same moments in every call.
    private readonly Random _random = new(standbys);
    private readonly string _case = HandoverBenchmark.Case(standbys);

    /// <summary>Gets what ours cost the server: a profile of what it does with many standbys.</summary>
    public string? Cost { get; private set; }

    public async Task<IReadOnlyList<Series>> OursAndFloorAsync(int runs, CancellationToken cancellationToken)
    {
        Entrants entrants = new(stage.Direct, stage.Namespace, "ours");
        using var floor = await Floor.StartAsync(stage, cancellationToken);
        using var administrator = new RawConnection(session.Plane.Administrator, "default");
        var before = await ServerCounters.BeforeAsync(session.Plane, administrator, cancellationToken);
        var floors = new List<double>();
        // The first hand-over pays for what is compiled: it is made and not counted, as the floor's.
        var handOvers = await MakeAsync(
            entrants.OursAsync,
            runs + 1,
            RenewInterval,
            beforeEach: async () => floors.Add(await floor.HandOverAsync(cancellationToken)),
            cancellationToken);
        var cost = (await ServerCounters.AfterAsync(session.Plane, administrator, cancellationToken)).Since(before);
        var puts = ((double)cost.Requests.GetValueOrDefault("PUT") / floors.Count) - PutsOfFloor;
        Cost = FormattableString.Invariant($"{_case}: kube-apiserver answered {puts:0.0} PUTs of ours and used {cost.Cpu.TotalMilliseconds / floors.Count:0} ms of CPU for each hand-over, with what is between two (renewals, the floor).");
        return
        [
            new(_case, Contestants.Ours, FromAsked, Unit, [.. handOvers.Skip(1).Select(h => h.FromAskedMs)]),
            new(_case, Contestants.Ours, FromEnded, Unit, [.. handOvers.Skip(1).Select(h => h.FromEndedMs).OfType<double>()]),
            new(_case, Contestants.Floor, Requests, Unit, [.. floors.Skip(1)]),
        ];
    }

    public async Task<Series> ClientGoAsync(int runs, CancellationToken cancellationToken)
    {
        Entrants entrants = new(stage.Direct, stage.Namespace, "client-go");
        var handOvers = await MakeAsync(
            () => entrants.ClientGoAsync(CandidateTimings.Defaults), runs, LongestPoll, NothingAsync, cancellationToken);
        return new(_case, Contestants.ClientGo, FromAsked, Unit, [.. handOvers.Select(h => h.FromAskedMs)]);
    }

    public async Task<Series> KubernetesClientAsync(int runs, CancellationToken cancellationToken)
    {
        Entrants entrants = new(stage.Direct, stage.Namespace, "kubernetesclient");
        var timings = session.Request.Smallest ? new(TimeSpan.FromSeconds(3)) : CandidateTimings.Defaults;
        var handOvers = await MakeAsync(() => entrants.KubernetesClientAsync(timings), runs, LongestPoll, NothingAsync, cancellationToken);
        return new(_case, Contestants.KubernetesClient, FromAsked, Unit, [.. handOvers.Select(h => h.FromAskedMs)]);
    }

    private static Task NothingAsync() => Task.CompletedTask;

    private async Task<IReadOnlyList<HandOver>> MakeAsync(
        Func<Task<ICandidate>> join, int runs, TimeSpan period, Func<Task> beforeEach, CancellationToken cancellationToken)
    {
        await using var election = await RunningElection.StartAsync(join, standbys, cancellationToken);
        session.Say($"{_case}, {election.Leader.Identity} and others: {runs} hand-overs");
        var all = new List<HandOver>();
        for (var i = 0; i < runs; i++)
        {
            await election.SettleAsync(cancellationToken);
            // Late enough that every standby's watch is open: nobody says when it is.
            await Clock.PassAsync(AWhile, cancellationToken);
            await beforeEach();
            // And anywhere in the period: else the newest standby's first poll would be as old each time.
            await Clock.PassAsync(session.Request.Smallest ? TimeSpan.Zero : period * _random.NextDouble(), cancellationToken);
            all.Add(await election.HandOverAsync(cancellationToken));
        }

        return all;
    }
}
