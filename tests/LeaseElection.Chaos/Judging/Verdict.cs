using System.Globalization;

namespace LeaseElection.Chaos.Judging;

/// <summary>Whether what we promise held. Only for our own elector: others promise other things.</summary>
internal sealed record Verdict(IReadOnlyList<string> Violations, int Terms, IReadOnlyList<WorkerLine> ToldApart, int ToldApartRefused)
{
    public const double LeastAvailability = 0.95;

    // A figure of a few seconds says nothing.
    private static readonly TimeSpan LeastFaultFree = TimeSpan.FromSeconds(5);

    public static Verdict Of(RunRecord run, Figures figures)
    {
        var oracle = WorkerOracle.Judge(run.Lanes.SelectMany(lane => lane));
        var work = oracle.ToldApart.Where(line => line.Event is WorkerEvent.Working).ToList();
        List<string> violations =
        [
            .. oracle.Violations,
            .. run.BadEnds,
            .. run.Exits.Select(exit => string.Create(
                CultureInfo.InvariantCulture, $"{exit.Worker} ended by itself with exit code {exit.Code}: {exit.LastError}")),
        ];
        if (figures.FaultFree >= LeastFaultFree && figures.Availability < LeastAvailability)
        {
            violations.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"someone works in {figures.Availability:P1} of the fault-free time ({figures.FaultFree.TotalSeconds:0.0} s): less than {LeastAvailability:P0}"));
        }

        return new(violations, oracle.Terms, oracle.ToldApart, work.Count(run.Refused.Contains));
    }
}
