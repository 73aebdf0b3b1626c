using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>What is promised of many elections in one process.</summary>
internal static class ScaleTargets
{
    private const int JudgedAt = 1000;
    private const int MostConnections = 4;
    private const double MostPercent = 20;
    private const double TimesLess = 5;
    private const double KilobytesAnElection = 40;

    public static IReadOnlyList<Target> Of(IReadOnlyList<ScaleFigure> figures)
    {
        var targets = new List<Target>();
        var ours = figures.Where(f => f.Who == Contestants.Ours).ToList();
        foreach (var f in ours)
        {
            targets.Add(new($"{f.Case}: lost terms", f.Lost, Bound.AtMost, 0, "", IsOfTime: false));
            targets.Add(new(
                $"{f.Case}: connections of a process", Math.Max(f.Leader.Connections, f.Standby!.Connections), Bound.AtMost,
                MostConnections, "", IsOfTime: false));
        }

        if (ours.Find(f => f.Elections == JudgedAt) is { } judged)
        {
            targets.Add(new(
                $"{judged.Case}: CPU of the leader", 100 * judged.Leader.Cores, Bound.AtMost, MostPercent, "% of a core", IsOfTime: true));
            if (figures.FirstOrDefault(f => f.Who == Contestants.KubernetesClient && f.Case == judged.Case) is { } peer)
                targets.Add(new(
                    $"{judged.Case}: KubernetesClient's CPU / ours", peer.BothCores / judged.BothCores, Bound.AtLeast, TimesLess, "x",
                    IsOfTime: true));
        }

        foreach (var (few, many) in ours.Zip(ours.Skip(1)).Where(pair => pair.First.Server == pair.Second.Server))
        {
            var more = many.Elections - few.Elections;
            targets.Add(new(
                $"{few.Elections:#,0} to {many.Elections:#,0} elections: memory of each more",
                (many.Leader.Resident - few.Leader.Resident) / 1e3 / more, Bound.AtMost, KilobytesAnElection, "kB", IsOfTime: true));
            targets.Add(new(
                $"{few.Elections:#,0} to {many.Elections:#,0} elections: CPU of each",
                many.Leader.Cores / many.Elections / (few.Leader.Cores / few.Elections), Bound.AtMost, 1, "times as much", IsOfTime: true));
        }

        return targets;
    }
}
