using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Handover;

/// <summary>What is promised of a hand-over.</summary>
internal static class HandoverTargets
{
    private const double TimesFloor = 2;
    private const double AboveFloorMs = 50;
    private const double TimesFaster = 100;

    public static IReadOnlyList<Target> Of(IReadOnlyList<Series> all)
    {
        var targets = new List<Target>();
        foreach (var ours in all.Where(s => s is { Who: Contestants.Ours, Of: HandoverTrial.FromAsked }))
        {
            var (times, floor) = (ours.Distribution(), all.Single(s => s.Who == Contestants.Floor && s.Case == ours.Case).Distribution());
            targets.Add(new($"{ours.Case}: p50", times.Median, Bound.AtMost, TimesFloor * floor.Median, "ms", IsOfTime: true));
            targets.Add(new($"{ours.Case}: p99", times.Percentile(99), Bound.AtMost, floor.Median + AboveFloorMs, "ms", IsOfTime: true));
            var peer = all.FirstOrDefault(s => s.Who == Contestants.ClientGo && s.Case == ours.Case);
            if (peer is not null && ours.Case == HandoverBenchmark.Case(1))
                targets.Add(new(
                    $"{ours.Case}: client-go's p50 / ours", peer.Distribution().Median / times.Median, Bound.AtLeast, TimesFaster, "x",
                    IsOfTime: true));
        }

        return targets;
    }
}
