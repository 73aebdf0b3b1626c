using LeaseElection.Chaos.Judging;

namespace LeaseElection.Chaos.Reports;

/// <summary>From the line that says that a worker leads to the one that says that its work has ended, or to its last one.</summary>
internal static class TermSpans
{
    public static IEnumerable<(Span Span, string Tip)> Of(WorkerHistory worker)
    {
        WorkerLine? leading = null, last = null;
        foreach (var line in worker.Lines)
        {
            if (line.Event is WorkerEvent.Leading)
            {
                if (leading is not null)
                    yield return Term(worker, leading, last!);
                leading = line;
            }

            if (line.Event is WorkerEvent.Leading or WorkerEvent.Working or WorkerEvent.Ended)
                last = line;
            if (line.Event is WorkerEvent.Ended && leading is not null)
            {
                yield return Term(worker, leading, line);
                leading = null;
            }
        }

        if (leading is not null)
            yield return Term(worker, leading, last!);
    }

    private static (Span Span, string Tip) Term(WorkerHistory worker, WorkerLine leading, WorkerLine last) => (
        new(leading.MonotonicNs, last.MonotonicNs),
        FormattableString.Invariant(
            $"{worker.Name}: term {leading.FencingToken}, {(last.MonotonicNs - leading.MonotonicNs) / 1e9:0.00} s, {(last.Event is WorkerEvent.Ended ? last.Reason ?? "ended" : "cut short")}"));
}
