namespace LeaseElection.Chaos.Judging;

/// <summary>One process worked without a break, as its own lines say: from the first to the last of them.</summary>
internal sealed record WorkStretch(int Lane, string Worker, long? Token, Span Span)
{
    // Work is said every 50 ms. A longer silence counts as a break: a process that does not run does not work.
    private const long BreakNs = 500_000_000;

    public static IEnumerable<WorkStretch> Of(int lane, WorkerHistory worker)
    {
        WorkStretch? stretch = null;
        foreach (var line in worker.Lines.Where(l => l.Event is WorkerEvent.Working))
        {
            if (stretch is not null && line.FencingToken == stretch.Token && line.MonotonicNs - stretch.Span.ToNs <= BreakNs
                && !IsFrozenBetween(worker, stretch.Span.ToNs, line.MonotonicNs))
            {
                stretch = stretch with { Span = new(stretch.Span.FromNs, line.MonotonicNs) };
                continue;
            }

            if (stretch is not null)
                yield return stretch;
            stretch = new(lane, worker.Name, line.FencingToken, new(line.MonotonicNs, line.MonotonicNs));
        }

        if (stretch is not null)
            yield return stretch;
    }

    private static bool IsFrozenBetween(WorkerHistory worker, long from, long to) =>
        worker.Freezes?.Any(freeze => freeze.FromNs >= from && freeze.ToNs <= to) ?? false;
}
