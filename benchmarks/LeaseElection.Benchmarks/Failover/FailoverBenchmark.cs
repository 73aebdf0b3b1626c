using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Failover;

/// <summary>The leader's process is killed until the next one works, counted from its last renewal; ours and client-go's.</summary>
internal static class FailoverBenchmark
{
    public const string FromRenewal = "last renewal to work";
    public const string FromKill = "kill to work";

    private const double AboveLeaseMs = 150;
    private const int MostOfClientGo = 10;

    public static async Task<Outcome> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var runs = session.Runs(usual: 20, smallest: 1);
        var hasClientGo = session.HasClientGo();
        var series = new List<Series>();
        await using var stage = await Stage.SetAsync(session.Plane, cancellationToken);
        List<Func<Task<IReadOnlyList<Series>>>> trials =
            [() => new FailoverTrial(session, stage, FailoverWorkers.Ours).RunAsync(runs, cancellationToken)];
        if (hasClientGo)
            trials.Add(() => new FailoverTrial(session, stage, FailoverWorkers.ClientGo).RunAsync(
                Math.Min(runs, MostOfClientGo), cancellationToken));
        // Most of it is waiting: side by side where no time is judged, else one after the other.
        if (session.Request.Smallest)
            series.AddRange((await Task.WhenAll(trials.Select(trial => trial()))).SelectMany(all => all));
        else
            foreach (var trial in trials)
                series.AddRange(await trial());

        var ours = series.Single(s => s is { Who: Contestants.Ours, Of: FromRenewal }).Distribution();
        var target = new Target(
            "p99, from the last renewal", ours.Percentile(99), Bound.AtMost, FailoverWorkers.LeaseDuration.TotalMilliseconds + AboveLeaseMs,
            "ms", IsOfTime: true);
        return new(
            "Failover: SIGKILL of the leader, LeaseDuration 5 s, RenewDeadline 3 s, 1 standby",
            series,
            [FromRenewal],
            TimesTable.Of(series, FromRenewal),
            [target],
            [
                "The last renewal is the renewTime that the killed leader wrote last: when it sent it. The standby has been there for 1.5 renewals at least.",
                .. hasClientGo ? Array.Empty<string>() : ["client-go was left out: its candidate is not built here."],
            ]);
    }
}
