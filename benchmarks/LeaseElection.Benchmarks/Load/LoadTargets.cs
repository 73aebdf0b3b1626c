using LeaseElection.Benchmarks.Handover;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.Load;

/// <summary>What is promised of a steady election.</summary>
internal static class LoadTargets
{
    // A minute has 20 renewals, or 21 when one falls on its edge: so many are good in a window of any length.
    private const double RenewalsPerMinute = 20;
    private const double AtTheEdge = 1;

    // A timer ends a window a little before its time or after: that takes no renewal away.
    private const double Slack = 0.01;
    private const double PerStandbyAndMinute = 0.5;
    private const double OfClientGosRequests = 0.2;
    private const double OfClientGosCpu = 0.5;
    private const int ComparedAt = 5;

    public static IReadOnlyList<Target> Of(IReadOnlyList<Window> windows)
    {
        var targets = new List<Target>();
        foreach (var ours in windows.Where(window => window.Who == Contestants.Ours))
        {
            targets.Add(new(
                $"{ours.Case}: the leader's requests", ours.OfLeader, Bound.AtMost,
                Math.Floor((RenewalsPerMinute * ours.Length.TotalMinutes) + AtTheEdge + Slack), "", IsOfTime: false));
            targets.Add(new(
                $"{ours.Case}: each standby's requests a minute", ours.PerMinute(ours.OfStandbys) / ours.Standbys, Bound.AtMost,
                PerStandbyAndMinute, "", IsOfTime: false));
        }

        var idle = windows.Single(window => window.Who == Contestants.Idle).CpuMsPerMinute;
        if (At(windows, Contestants.Ours) is { } our && At(windows, Contestants.ClientGo) is { } peer)
        {
            var where = HandoverBenchmark.Case(ComparedAt);
            var theirs = peer.PerMinute(peer.Requests);
            targets.Add(new(
                $"{where}: our requests / client-go's", our.PerMinute(our.Requests) / theirs, Bound.AtMost,
                OfClientGosRequests, "", IsOfTime: false));
            targets.Add(new(
                $"{where}: our CPU of kube-apiserver / client-go's", Ratio(our.CpuMsPerMinute - idle, peer.CpuMsPerMinute - idle),
                Bound.AtMost, OfClientGosCpu, "", IsOfTime: true));
        }

        return targets;
    }

    // So little that it drowns in the idle server's is no figure to be proud of: only a peer that costs something can be compared with.
    private static double Ratio(double ours, double peers) => peers > 0 ? Math.Max(ours, 0) / peers : double.PositiveInfinity;

    private static Window? At(IReadOnlyList<Window> windows, string who) =>
        windows.FirstOrDefault(w => w.Who == who && w.Standbys == ComparedAt);
}
