using LeaseElection.Election.Inputs;
using LeaseElection.Election.Time;

namespace LeaseElection.Tests.Election;

/// <summary>True time, one Lease, and the candidates. Everything happens when a test says so, in one order.</summary>
internal sealed class World
{
    public static readonly DateTimeOffset Epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Queue<(Candidate Candidate, ElectionInput Input)> _inputs = new();
    private readonly List<Candidate> _candidates = [];

    public IReadOnlyList<Candidate> Candidates => _candidates;

    public LeaseServer Server { get; } = new();

    public TimeSpan True { get; private set; } = TimeSpan.FromHours(1);

    public DateTimeOffset Wall => Epoch + True;

    public static ElectionSettings Defaults(string identity) => new()
    {
        Identity = identity,
        LeaseDuration = TimeSpan.FromSeconds(15),
        RenewDeadline = TimeSpan.FromSeconds(10),
        RenewInterval = TimeSpan.FromSeconds(3),
        RetryPeriod = TimeSpan.FromSeconds(2),
        RequestTimeout = TimeSpan.FromSeconds(2),
        DrainTimeout = TimeSpan.FromSeconds(20),
    };

    public Candidate Add(string identity, Func<ElectionSettings, ElectionSettings>? change = null, double rate = 1)
    {
        var settings = Defaults(identity);
        var candidate = new Candidate(this, identity, change is null ? settings : change(settings)) { Rate = rate };
        _candidates.Add(candidate);
        return candidate;
    }

    /// <summary>A candidate that has campaigned already; the leader, where the Lease was free.</summary>
    public Candidate Started(string identity, Func<ElectionSettings, ElectionSettings>? change = null)
    {
        var candidate = Add(identity, change);
        candidate.Start();
        Settle();
        return candidate;
    }

    public void Post(Candidate candidate, ElectionInput input) => _inputs.Enqueue((candidate, input));

    /// <summary>Lets everything happen that needs no time.</summary>
    public void Settle()
    {
        var steps = 0;
        do
        {
            while (_inputs.TryDequeue(out var next))
            {
                next.Candidate.Take(next.Input);
                Assert.True(++steps < 10_000, "the election runs in circles");
            }
        }
        while (_candidates.Any(c => c.DeliverWatch()) || _inputs.Count > 0);
    }

    /// <summary>Lets time pass, timer by timer.</summary>
    public void Advance(TimeSpan span)
    {
        var end = True + span;
        Settle();
        while (true)
        {
            var due = _candidates.Select(c => (Candidate: c, At: DueAt(c))).MinBy(d => d.At);
            if (due.Candidate is null || due.At > end)
                break;
            True = due.At > True ? due.At : True;
            due.Candidate.Take(new ElectionInput.Woken());
            Settle();
        }

        True = end;
    }

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Time in which nobody's timer fires: frozen processes.</summary>
    public void Freeze(double seconds) => True += TimeSpan.FromSeconds(seconds);

    private static TimeSpan DueAt(Candidate candidate) => candidate.Timer == MonotonicInstant.Never
        ? TimeSpan.MaxValue
        : TimeSpan.FromTicks((long)Math.Ceiling(candidate.Timer.Ticks / candidate.Rate)) + candidate.Suspended;
}
