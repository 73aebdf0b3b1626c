using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Load;

/// <summary>
/// What a steady election costs the API server: a leader and its standbys, ours and others', and the server without them.
/// </summary>
internal static class LoadBenchmark
{
    public static async Task<Outcome> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var hasClientGo = session.HasClientGo();
        string[] contestants = hasClientGo
            ? [Contestants.Ours, Contestants.ClientGo, Contestants.KubernetesClient]
            : [Contestants.Ours, Contestants.KubernetesClient];
        var all = new List<Window>();
        using var meter = new LoadMeter(session);
        var (runs, sizes) = (session.Runs(usual: 1, smallest: 1), session.Standbys(1, 5, 50));
        // Round by round: what the machine does besides meets all of them.
        for (var i = 0; i < runs; i++)
        {
            foreach (var standbys in sizes)
            {
                all.Add(await meter.IdleAsync(cancellationToken));
                foreach (var who in contestants)
                    all.Add(await meter.MeasureAsync(who, standbys, cancellationToken));
            }
        }

        var rounds = all.GroupBy(window => (window.Who, window.Standbys)).OrderBy(kind => kind.Key.Standbys).Select(kind => kind.ToList())
            .ToList();
        var windows = rounds.ConvertAll(Window.Sum);
        return new(
            FormattableString.Invariant($"Load of kube-apiserver, steady, {runs} x {meter.Length.TotalSeconds:0} s each"),
            [.. rounds.SelectMany(Window.Series)],
            [Window.RequestsAMinute],
            LoadTable.Of(windows),
            LoadTargets.Of(windows),
            [
                "Requests: kube-apiserver's own count (apiserver_request_total of leases); a watch is counted when it ends.",
                "Of the leader: the PUTs, and for KubernetesClient a GET with each (client-go has renewed without since 0.31). All others are the standbys'.",
                "Bytes: TCP, TLS included, both directions together. CPU: of kube-apiserver, less that of the idle windows of the same call.",
                .. hasClientGo ? Array.Empty<string>() : ["client-go was left out: its candidate is not built here."],
            ]);
    }
}
