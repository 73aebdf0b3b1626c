using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LeaseElection.Diagnostics;

/// <summary>
/// What one election shows to observers: it counts and measures what the loop reports, keeps a span for each term, and answers the health
/// check. Any thread may use the members; none of them throws or waits, whatever listeners do.
/// </summary>
internal sealed class ElectionMonitor
{
    private const string ReasonKey = "leaseelection.end_reason";
    private const string VerbKey = "leaseelection.verb";
    private const string OutcomeKey = "leaseelection.outcome";

    private readonly ElectionMeter _meter;
    private readonly TimeProvider _time;
    private readonly TermSpan _span;
    private readonly Lock _gate = new();
    private LeadershipTerm? _term;
    private long _began;
    private long? _freeSince;
    private long? _leaderlessSince;
    private LeadershipTerm? _overran;
    private LeadershipTerm? _workEnded;
    private volatile string? _brokeDown;
    private volatile string? _storeDefect;

    /// <summary>Creates a monitor; it shows nothing before <see cref="Begin"/>.</summary>
    public ElectionMonitor(ElectionMeter meter, TimeProvider time, string name, string lease, string identity)
    {
        (_meter, _time, LeaseName) = (meter, time, lease[(lease.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        Tag = new("leaseelection.name", name);
        _span = new(meter.Listeners, time, name, lease, identity);
    }

    /// <summary>Gets the attribute of every measurement: the election's name.</summary>
    public KeyValuePair<string, object?> Tag { get; }

    public string LeaseName { get; }

    public bool IsLeading => Volatile.Read(ref _term) is { IsActive: true };

    public TimeSpan Remaining => Volatile.Read(ref _term)?.Remaining ?? TimeSpan.Zero;

    /// <summary>Gets for how long no leader has been known.</summary>
    public TimeSpan Leaderless
    {
        get
        {
            lock (_gate)
                return !IsLeading && _leaderlessSince is { } since ? _time.GetElapsedTime(since) : TimeSpan.Zero;
        }
    }

    /// <summary>Gets a value indicating whether work still runs though its term has ended and its time to stop is over.</summary>
    public bool Overruns => Volatile.Read(ref _overran) is not null;

    /// <summary>Gets why the election's loop broke down; null while it runs well.</summary>
    public string? BrokeDown => _brokeDown;

    /// <summary>Gets the queue that runs the listeners' code.</summary>
    public ForeignQueue Listeners => _meter.Listeners;

    /// <summary>Gets the defect that the store showed in its latest call; null when that call ended properly.</summary>
    public string? StoreDefect => _storeDefect;

    /// <summary>Gets how long ago a term's deadline passed while the term goes on, because ticks do not come.</summary>
    public TimeSpan Unnoticed => Volatile.Read(ref _term)?.PastDeadline ?? TimeSpan.Zero;

    /// <summary>Gets what is wrong with the API server.</summary>
    public ServerTroubles Server { get; } = new();

    /// <summary>Gets what is wrong with the API server, a sentence for each trouble; empty when nothing is.</summary>
    public IReadOnlyList<string> Troubles => Server.Texts;

    /// <summary>A run begins.</summary>
    public void Begin()
    {
        _brokeDown = null;
        lock (_gate)
            _leaderlessSince = _time.GetTimestamp();
        Server.Clear();
        _meter.Add(this);
    }

    /// <summary>The run is over. An error shows that it broke down, and stays visible.</summary>
    public void End(Exception? error)
    {
        _brokeDown = error is null ? null : ForeignExceptions.MessageOf(error);
        _meter.Remove(this);
    }

    public void TermBegan(LeadershipTerm term)
    {
        Volatile.Write(ref _term, term);
        long? free;
        lock (_gate)
        {
            free = _freeSince;
            (_freeSince, _leaderlessSince) = (null, null);
            _began = _time.GetTimestamp();
        }

        if (free is { } since)
            Measure(_meter.Handover, since, [Tag]);
        Count(_meter.Terms, [Tag]);
        _span.Begin(term.FencingToken);
    }

    public void TermEnded(TermEndReason reason)
    {
        long began;
        lock (_gate)
        {
            began = _began;
            _leaderlessSince ??= _time.GetTimestamp();
        }

        TagList tags = [Tag, new(ReasonKey, reason.ToString())];
        Count(_meter.TermEnds, tags);
        Measure(_meter.TermDuration, began, tags);
        _span.End(reason);
    }

    public void LeaderSeen(string? leader)
    {
        lock (_gate)
        {
            if (leader is not null)
                (_freeSince, _leaderlessSince) = (null, null);
            else
                (_freeSince, _leaderlessSince) = (_freeSince ?? _time.GetTimestamp(), _leaderlessSince ?? _time.GetTimestamp());
        }
    }

    public void Overran(LeadershipTerm term)
    {
        lock (_gate)
            _overran = _workEnded == term ? null : term;
        Count(_meter.Overruns, [Tag]);
    }

    /// <summary>The work of a term has ended. Called on the work's thread, perhaps a moment before its overrun is reported.</summary>
    public void WorkEnded(LeadershipTerm term)
    {
        lock (_gate)
            (_workEnded, _overran) = (term, null);
    }

    /// <summary>A request ended.</summary>
    /// <param name="verb">Kubernetes' verb for it.</param>
    /// <param name="outcome">What came of it: "ok", "conflict", "missing", "failed", or the status of a refusal.</param>
    /// <param name="began">When it was sent, as a timestamp.</param>
    /// <param name="isRenewal">Whether a leader renewed with it.</param>
    public void RequestEnded(string verb, string outcome, long began, bool isRenewal)
    {
        Count(_meter.Requests, [Tag, new(VerbKey, verb), new(OutcomeKey, outcome)]);
        if (isRenewal)
            Measure(_meter.Renewals, began, [Tag, new(OutcomeKey, outcome)]);
    }

    /// <summary>The store threw, or never ended a call: a defect in the store, not an answer of the server.</summary>
    public void StoreBroke(string verb, string why) => _storeDefect = $"'{verb}' has a defect: {why}";

    /// <summary>A call of the store ended as it should.</summary>
    public void StoreWorks() => _storeDefect = null;

    private void Count(Counter<long> counter, TagList tags)
    {
        if (counter.Enabled)
            Post(counter, tags);
    }

    // A method of its own, so that nothing is allocated when there is no listener.
    private void Post(Counter<long> counter, TagList tags) => _meter.Listeners.Post(() => counter.Add(1, tags));

    private void Measure(Histogram<double> histogram, long since, TagList tags)
    {
        if (histogram.Enabled)
            Post(histogram, _time.GetElapsedTime(since).TotalSeconds, tags);
    }

    private void Post(Histogram<double> histogram, double seconds, TagList tags) =>
        _meter.Listeners.Post(() => histogram.Record(seconds, tags));
}
