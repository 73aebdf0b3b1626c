using System.Globalization;

namespace LeaseElection.TestKit;

/// <summary>
/// Says whether only one worker worked at a time, by the lines of all of them: they share the machine, and so the monotonic clock.
/// Knows nothing of how leaders are elected.
/// </summary>
public sealed class WorkerOracle
{
    private readonly List<string> _violations = [];
    private readonly List<WorkerLine> _toldApart = [];
    private readonly List<Term> _terms = [];

    private WorkerOracle()
    {
    }

    /// <summary>Gets what must not have happened; empty is good.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>
    /// Gets the lines of processes that were frozen between asking whether they lead and saying so, or that they work. No lease can prevent
    /// these: what they write to has to look at the fencing token. At most one for each freeze, and always with a superseded token.
    /// </summary>
    public IReadOnlyList<WorkerLine> ToldApart => _toldApart;

    public int Terms => _terms.Count;

    public static WorkerOracle Judge(IEnumerable<WorkerHistory> workers)
    {
        var oracle = new WorkerOracle();
        foreach (var worker in workers)
            oracle.ReadTerms(worker);
        oracle._terms.Sort((x, y) => x.Leading.MonotonicNs.CompareTo(y.Leading.MonotonicNs));
        oracle.TellApartLateTerms();
        oracle.CheckTokens();
        oracle.CheckOverlaps();
        return oracle;
    }

    public void AssertHolds() => Assert.True(_violations.Count == 0, string.Join('\n', _violations));

    private static string Text(WorkerHistory worker, WorkerLine line) => $"{worker.Name}: {line}";

    // A worker's own lines: leading, working …, ended, all with one token, then perhaps the next term.
    private void ReadTerms(WorkerHistory worker)
    {
        var pastTheirCheck = PastTheirCheck(worker);
        Term? term = null;
        var last = long.MinValue;
        foreach (var line in worker.Lines.Where(IsOfATerm))
        {
            if (line.MonotonicNs < last)
                _violations.Add($"goes back in time: {Text(worker, line)}");
            last = line.MonotonicNs;

            if (line.Event is WorkerEvent.Leading)
            {
                if (term is not null)
                    _violations.Add($"a term begins in another: {Text(worker, line)}");
                if (line.FencingToken is null)
                    _violations.Add($"a term without a token: {Text(worker, line)}");
                term = new(worker, line) { IsPastItsCheck = pastTheirCheck.Contains(line) };
                _terms.Add(term);
                continue;
            }

            if (term is null || term.Token != line.FencingToken)
            {
                _violations.Add(
                    $"not of the term that runs ({term?.Token.ToString(CultureInfo.InvariantCulture) ?? "none"}): {Text(worker, line)}");
                continue;
            }

            if (line.Event is WorkerEvent.Ended)
            {
                term.Ended = line;
                term = null;
            }
            else if (pastTheirCheck.Contains(line))
            {
                term.PastTheirCheck.Add(line);
            }
            else
            {
                term.Working.Add(line);
            }
        }

        if (term is not null && !worker.WasKilled)
            _violations.Add($"a term without an end: {Text(worker, term.Leading)}");
    }

    // The first line after a thaw, unless it tells of an end.
    private static HashSet<WorkerLine> PastTheirCheck(WorkerHistory worker) =>
    [
        .. (worker.Freezes ?? [])
            .Select(freeze => worker.Lines.FirstOrDefault(line => line.MonotonicNs >= freeze.ToNs && IsOfATerm(line)))
            .OfType<WorkerLine>()
            .Where(line => line.Event is not WorkerEvent.Ended),
    ];

    private static bool IsOfATerm(WorkerLine line) => line.Event is WorkerEvent.Leading or WorkerEvent.Working or WorkerEvent.Ended;

    // Frozen after it had acquired and before it said so: it says so when another has long led, looks at its term, and does not work.
    private void TellApartLateTerms()
    {
        var largest = long.MinValue;
        foreach (var term in _terms.ToList())
        {
            if (term.IsPastItsCheck && term.Working is [] && term.PastTheirCheck is [] && term.Token < largest)
            {
                _toldApart.Add(term.Leading);
                _terms.Remove(term);
            }

            largest = Math.Max(largest, term.Token);
        }
    }

    private void CheckTokens()
    {
        foreach (var (earlier, later) in _terms.Zip(_terms.Skip(1)))
        {
            if (later.Token <= earlier.Token)
                _violations.Add(
                    $"the token does not rise from {Text(earlier.Worker, earlier.Leading)} to {Text(later.Worker, later.Leading)}");
        }
    }

    private void CheckOverlaps()
    {
        foreach (var term in _terms)
        {
            foreach (var other in _terms.Where(other => other.Worker != term.Worker))
            {
                if (term.Working.Find(line => other.Covers(line)) is { } line)
                {
                    _violations.Add(
                        $"works inside another's term: {Text(term.Worker, line)}; that term: {Text(other.Worker, other.Leading)} to {other.Last}");
                }

                foreach (var late in term.PastTheirCheck.Where(other.Covers))
                {
                    _toldApart.Add(late);
                    if (term.Token >= other.Token)
                        _violations.Add(
                            $"past its check with a token that is not superseded: {Text(term.Worker, late)}; the other's is {other.Token}");
                }
            }
        }
    }

    private sealed class Term(WorkerHistory worker, WorkerLine leading)
    {
        public WorkerHistory Worker { get; } = worker;

        public WorkerLine Leading { get; } = leading;

        public long Token { get; } = leading.FencingToken ?? 0;

        public bool IsPastItsCheck { get; init; }

        public List<WorkerLine> Working { get; } = [];

        public List<WorkerLine> PastTheirCheck { get; } = [];

        public WorkerLine? Ended { get; set; }

        // A process that is gone or frozen cannot tell when its work stopped: no later than with the last line of it.
        public WorkerLine Last => Ended is not null && !WasFrozen ? Ended : Working is [.., var last] ? last : Leading;

        private bool WasFrozen => Worker.Freezes?.Any(freeze =>
            freeze.ToNs >= Leading.MonotonicNs && (Ended is null || freeze.FromNs <= Ended.MonotonicNs)) ?? false;

        public bool Covers(WorkerLine line) => line.MonotonicNs >= Leading.MonotonicNs && line.MonotonicNs <= Last.MonotonicNs;
    }
}
