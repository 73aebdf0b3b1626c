using System.Globalization;
using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Handover;

/// <summary>The leader is asked to stop until the next replica's work runs; with each number of standbys, ours, peers and floor.</summary>
internal static class HandoverBenchmark
{
    // client-go takes seconds for one; KubernetesClient its whole lease.
    private const int MostOfClientGo = 12;
    private const int MostOfKubernetesClient = 3;

    public static async Task<Outcome> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var runs = session.Runs(usual: 40, smallest: 2);
        var hasClientGo = session.HasClientGo();
        var (series, costs) = (new List<Series>(), new List<string>());
        foreach (var standbys in session.Standbys(1, 5, 50))
        {
            await using var stage = await Stage.SetAsync(session.Plane, cancellationToken);
            var trial = new HandoverTrial(session, stage, standbys);
            series.AddRange(await trial.OursAndFloorAsync(runs, cancellationToken));
            costs.Add(trial.Cost!);
            if (hasClientGo)
                series.Add(await trial.ClientGoAsync(session.Request.Smallest ? 1 : Math.Min(runs, MostOfClientGo), cancellationToken));
        }

        // One number is enough: it waits for the whole lease, however many others there are.
        await using var last = await Stage.SetAsync(session.Plane, cancellationToken);
        series.Add(await new HandoverTrial(session, last, standbys: 1)
            .KubernetesClientAsync(session.Request.Smallest ? 1 : Math.Min(runs, MostOfKubernetesClient), cancellationToken));
        return new(
            "Hand-over: from the question to stop to the next replica's work",
            series,
            [HandoverTrial.FromAsked, HandoverTrial.Requests],
            TimesTable.Of(series, HandoverTrial.FromAsked),
            HandoverTargets.Of(series),
            [.. Notes(session, hasClientGo), .. costs]);
    }

    /// <summary>How a case is called.</summary>
    public static string Case(int standbys) =>
        string.Create(CultureInfo.InvariantCulture, $"{standbys} standby{(standbys == 1 ? "" : "s")}");

    private static IReadOnlyList<string> Notes(Session session, bool hasClientGo) =>
    [
        "Floor: PUT, its watch event on another connection, PUT there; one before each hand-over, with the same electors at rest beside it.",
        "client-go has ReleaseOnCancel; the 100 x is judged at 1 standby, since many that poll at random find a free Lease sooner.",
        session.Request.Smallest
            ? "KubernetesClient never releases; its lease is 3 s here."
            : "KubernetesClient never releases: it waits for its lease of 15 s.",
        .. hasClientGo ? Array.Empty<string>() : ["client-go was left out: its candidate is not built here."],
    ];
}
