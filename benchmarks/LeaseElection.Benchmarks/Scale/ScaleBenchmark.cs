using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>Many elections of one process, ours and KubernetesClient's, and a floor of raw PUTs at our pace.</summary>
internal static class ScaleBenchmark
{
    public const string LeaderCores = "CPU of the leader";

    // More writes than these servers take on two cores go to the embedded one, and so do only those who write no more than they must.
    private const int MostOnReal = 1000;

    public static async Task<Outcome> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var window = session.Request.Smallest ? TimeSpan.FromSeconds(4) : session.Request.Window ?? TimeSpan.FromMinutes(1);
        var trial = new ScaleTrial(session, window);
        var figures = new List<ScaleFigure>();
        foreach (var elections in session.Request.Smallest ? [10] : session.Request.Elections ?? [10, 100, 1000, 5000])
        {
            var isReal = elections <= MostOnReal;
            foreach (var who in isReal ? [Contestants.Floor, Contestants.Ours, Contestants.KubernetesClient] : new[] { Contestants.Floor, Contestants.Ours })
            {
                await using var server = isReal
                    ? await ScaleServer.OnRealAsync(session.Plane, cancellationToken)
                    : await ScaleServer.OnEmbeddedAsync(cancellationToken);
                figures.Add(await trial.RunAsync(server, elections, who, cancellationToken));
            }
        }

        return new(
            FormattableString.Invariant($"Many elections in a process against another, {window.TotalSeconds:0} s of nothing each"),
            [.. figures.SelectMany(Series)],
            [LeaderCores],
            ScaleTable.Of(figures),
            ScaleTargets.Of(figures),
            [
                "Floor: one PUT every 3 s for each Lease, over one connection, by the runtime's HTTP client; nobody stands by.",
                "KubernetesClient's electors share one client; by default each leader asks for a GET and a PUT every 2 s. Requests: what the server answered.",
                $"{ScaleServer.Embedded} runs in this program's process: its CPU holds the program's, and of the requests only writes are counted.",
            ]);
    }

    private static IEnumerable<Series> Series(ScaleFigure f)
    {
        yield return One(LeaderCores, "% of a core", 100 * f.Leader.Cores);
        yield return One("memory of the leader", "MB", f.Leader.Resident / 1e6);
        yield return One("objects of the leader", "MB", f.LiveBytes / 1e6);
        yield return One("connections of the leader", "connections", f.Leader.Connections);
        yield return One("CPU of the server", "% of a core", 100 * f.ServerCores);
        yield return One("requests a second", "requests", f.RequestsPerSecond);
        yield return One("lost terms", "terms", f.Lost);
        yield return One("start to leading all", "s", f.ReadySeconds);
        if (f.Standby is not { } standby)
            yield break;
        yield return One("CPU of the standby", "% of a core", 100 * standby.Cores);
        yield return One("memory of the standby", "MB", standby.Resident / 1e6);
        yield return One("connections of the standby", "connections", standby.Connections);

        Series One(string of, string unit, double figure) => new(f.Case, f.Who, of, unit, [figure]);
    }
}
