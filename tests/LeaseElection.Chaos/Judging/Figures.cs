namespace LeaseElection.Chaos.Judging;

/// <summary>
/// What a run came to, measured alike for every elector. Fault-free is what is left of the run without the faults and, after each of them,
/// the time within which a leader is to be back.
/// </summary>
internal sealed record Figures
{
    // So much fault-free time in one piece without anyone at work: nothing of what was done explains it.
    private const double StuckLeases = 2;

    public required TimeSpan Whole { get; init; }

    public required TimeSpan WholeWorked { get; init; }

    public required TimeSpan Faulty { get; init; }

    public required TimeSpan Recovery { get; init; }

    public required TimeSpan FaultFree { get; init; }

    public required TimeSpan FaultFreeWorked { get; init; }

    public required IReadOnlyList<Overlap> Overlaps { get; init; }

    public required IReadOnlyList<Span> Gaps { get; init; }

    /// <summary>Gets the gaps in which an election was stuck.</summary>
    public required IReadOnlyList<Span> Stuck { get; init; }

    public TimeSpan LongestOverlap => Overlaps.Select(o => o.Span.Length).DefaultIfEmpty().Max();

    public TimeSpan LongestGap => Gaps.Select(g => g.Length).DefaultIfEmpty().Max();

    /// <summary>Gets the part of the fault-free time in which someone worked, 0 to 1; 1 where there was none.</summary>
    public double Availability => FaultFree > TimeSpan.Zero ? FaultFreeWorked / FaultFree : 1;

    public static Figures Of(RunRecord run)
    {
        var stretches = run.Lanes.SelectMany((lane, i) => lane.SelectMany(worker => WorkStretch.Of(i, worker))).ToList();
        var work = Spans.Union(stretches.Select(s => s.Span));
        var recovery = (long)run.Timings.Recovery.TotalNanoseconds;
        var faulty = Spans.Both(Spans.Union(run.Faults.Where(f => f.WasDone).Select(f => new Span(f.FromNs, f.ToNs))), [run.Time]);
        var free = Spans.Without(run.Time, faulty.Select(f => new Span(f.FromNs, f.ToNs + recovery)));
        var gaps = Spans.Without(run.Time, work);
        var stuck = (long)(run.Timings.Lease.TotalNanoseconds * StuckLeases);
        return new()
        {
            Whole = run.Time.Length,
            WholeWorked = Spans.Length(Spans.Both(work, [run.Time])),
            Faulty = Spans.Length(faulty),
            FaultFree = Spans.Length(free),
            Recovery = run.Time.Length - Spans.Length(faulty) - Spans.Length(free),
            FaultFreeWorked = Spans.Length(Spans.Both(work, free)),
            Overlaps = Overlap.Find(stretches),
            Gaps = gaps,
            Stuck = [.. gaps.Where(gap => Spans.Both([gap], free).Any(s => s.LengthNs >= stuck))],
        };
    }
}
