using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Candidates;
using LeaseElection.Benchmarks.Measuring.Servers;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Startup;

/// <summary>A host is started until its work runs; nobody holds the Lease, be it there or not.</summary>
internal static class StartupBenchmark
{
    public const string ToWork = "start to work";
    public const string NoLease = "no Lease yet";
    public const string Released = "released Lease";
    public const string First = "first in its process";
    public const string OneRequest = "one PUT";

    private const double AboveRequestsMs = 100;
    private const int RequestsAllowed = 3;

    public static async Task<Outcome> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var runs = session.Runs(usual: 40, smallest: 2);
        var hasClientGo = session.HasClientGo();
        await using var stage = await Stage.SetAsync(session.Plane, cancellationToken);
        using var floor = await Floor.StartAsync(stage, cancellationToken);
        session.Say(FormattableString.Invariant($"{runs} hosts on a new Lease each, and once more on the released ones"));
        var first = await HostRun.MeasureAsync(stage, "first", cancellationToken);
        var (created, released, request) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < runs; i++)
        {
            var lease = FormattableString.Invariant($"startup-{i}");
            request.Add(await floor.PutAsync(cancellationToken));
            created.Add(await HostRun.MeasureAsync(stage, lease, cancellationToken));
            released.Add(await HostRun.MeasureAsync(stage, lease, cancellationToken));
        }

        var series = new List<Series>
        {
            Ours(First, [first]), Ours(NoLease, created), Ours(Released, released),
            new(NoLease, Contestants.Floor, OneRequest, "ms", request), new(Released, Contestants.Floor, OneRequest, "ms", request),
        };
        series.AddRange(await PeersAsync(stage, Math.Min(runs, 10), hasClientGo, cancellationToken));
        return new(
            "Startup: from the start of the host to its work",
            series,
            [ToWork, OneRequest],
            TimesTable.Of(series, ToWork),
            [Target(created, NoLease, request), Target(released, Released, request)],
            [
                "The first host of a process pays for the runtime's compiling: it has a row of its own and no target.",
                "Peers: KubernetesClient from its start, client-go from its first line, to leading.",
                .. hasClientGo ? Array.Empty<string>() : ["client-go was left out: its candidate is not built here."],
            ]);
    }

    private static Series Ours(string @case, IReadOnlyList<double> samples) => new(@case, Contestants.Ours, ToWork, "ms", samples);

    private static Target Target(IReadOnlyList<double> ours, string @case, IReadOnlyList<double> request) => new(
        $"{@case}: p99", new Distribution(ours).Percentile(99), Bound.AtMost,
        AboveRequestsMs + (RequestsAllowed * new Distribution(request).Median), "ms", IsOfTime: true);

    private static async Task<IReadOnlyList<Series>> PeersAsync(
        Stage stage, int runs, bool hasClientGo, CancellationToken cancellationToken)
    {
        var (kubernetesClient, clientGo) = (new List<double>(), new List<double>());
        for (var i = 0; i < runs; i++)
        {
            Entrants entrants = new(stage.Direct, stage.Namespace, FormattableString.Invariant($"peers-{i}"));
            var from = Clock.NowNs;
            await using (var peer = await entrants.KubernetesClientAsync(CandidateTimings.Defaults))
                kubernetesClient.Add(Clock.Milliseconds(from, await peer.LeadsAsync(cancellationToken)));
            if (hasClientGo)
                clientGo.Add(await ClientGoAsync(entrants with { Lease = $"{entrants.Lease}-go" }, cancellationToken));
        }

        return
        [
            new(NoLease, Contestants.KubernetesClient, ToWork, "ms", kubernetesClient),
            .. hasClientGo ? [new Series(NoLease, Contestants.ClientGo, ToWork, "ms", clientGo)] : Array.Empty<Series>(),
        ];
    }

    // By its own lines: how long its process takes to start is no matter of its elector.
    private static async Task<double> ClientGoAsync(Entrants entrants, CancellationToken cancellationToken)
    {
        await using var peer = await ClientGoCandidate.StartAsync(
            entrants.Access.KubeconfigPath, entrants.Namespace, entrants.Lease, CandidateTimings.Defaults);
        await peer.UntilLeadingAsync(cancellationToken);
        return Clock.Milliseconds(
            peer.Events.First(e => e.Event == "started").MonotonicNs, peer.Events.First(e => e.Event == "leading").MonotonicNs);
    }
}
