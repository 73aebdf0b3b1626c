namespace LeaseElection.Simulation.Oracles;

/// <summary>
/// Judges the calms: once all faults are healed somebody leads within the bound, a term that began in a calm goes on, and a leader that
/// stops of its own will is followed within two round trips of its work's end.
/// </summary>
internal sealed class LivenessOracle(Oracle oracle, Func<TimeSpan> now)
{
    private readonly HashSet<string> _began = [];
    private TimeSpan? _calmFrom;
    private TimeSpan _bound;
    private TimeSpan _echo;
    private TimeSpan _impededUntil;
    private (TimeSpan From, TimeSpan Bound, string Who)? _handOver;

    /// <summary>Gets the moment at which somebody first led in this calm; null when nobody has.</summary>
    public TimeSpan? LedAt { get; private set; }

    public bool IsCalm => _calmFrom is not null;

    public long Undecided { get; private set; }

    public long HandOvers { get; private set; }

    /// <summary>All faults are healed.</summary>
    /// <param name="bound">Within what somebody must lead.</param>
    /// <param name="echo">How long earlier messages may still arrive.</param>
    public void CalmBegins(TimeSpan bound, TimeSpan echo)
    {
        _echo = echo;
        _calmFrom = _impededUntil = now();
        _bound = bound;
        LedAt = null;
        _handOver = null;
        _began.Clear();
    }

    /// <summary>Somebody leads.</summary>
    public void Leads() => LedAt ??= now();

    /// <summary>Nobody could lead until now: old work was still running, or everybody stood aside.</summary>
    public void Impeded(TimeSpan until) => _impededUntil = until > _impededUntil ? until : _impededUntil;

    /// <summary>
    /// A write took effect. One that was sent before the calm is the last of the trouble: who holds by it is waited for from now on.
    /// </summary>
    public void Wrote(TimeSpan sentAt)
    {
        if (sentAt < _calmFrom)
            Impeded(now());
    }

    /// <summary>Whether the bound has passed without a leader.</summary>
    public void Judge()
    {
        if (_calmFrom is null || LedAt is not null)
            return;
        if (now() - _impededUntil > _bound)
            oracle.Report(OracleKind.Liveness, $"nobody led within {_bound.TotalSeconds:F1} s of {_impededUntil.TotalSeconds:F3} s, when nothing stood in the way any more");
    }

    public void CalmEnds()
    {
        Judge();
        if (LedAt is null)
            Undecided++;
        if (_handOver is { } handOver && now() - handOver.From > handOver.Bound)
            Late(handOver);
        _calmFrom = null;
        _handOver = null;
    }

    /// <summary>A term ended; in the calm that may be an echo of the trouble, but not for one that began in it.</summary>
    public void TermEnded(string who, bool asked)
    {
        if (!IsCalm || asked)
            return;
        if (_began.Contains(who))
            oracle.Report(OracleKind.Stability, $"{who}'s term ended though nothing was wrong");
        else
            LedAt = null;
    }

    /// <summary>A leader was told to stop, and its work has ended: the next one is due within the bound.</summary>
    public void HandOverBegins(TimeSpan bound, string who) => _handOver = (now(), bound, who);

    /// <summary>Its work still runs: that time is its own.</summary>
    public void HandOverWaits()
    {
        if (_handOver is { } handOver)
            _handOver = handOver with { From = now() };
    }

    /// <summary>The replica that had to stop died first.</summary>
    public void HandOverFails(string who)
    {
        if (_handOver?.Who == who)
            _handOver = null;
    }

    /// <summary>A term began.</summary>
    /// <param name="who">The replica.</param>
    /// <param name="age">How old the write behind the term is. A term by a write from the time of trouble, confirmed late, may have no time
    /// left for a renewal (seed 300280745).</param>
    public void TermBegan(string who, TimeSpan age)
    {
        if (_calmFrom is { } calm && now() > calm + _echo && now() - age > calm)
            _began.Add(who);
        if (_handOver is not { } handOver)
            return;
        _handOver = null;
        HandOvers++;
        if (now() - handOver.From > handOver.Bound)
            Late(handOver);
    }

    private void Late((TimeSpan From, TimeSpan Bound, string Who) handOver) => oracle.Report(
        OracleKind.HandOver,
        $"{handOver.Who} had left at {handOver.From.TotalSeconds:F4} s; the next leader took {(now() - handOver.From).TotalMilliseconds:F1} ms, more than {handOver.Bound.TotalMilliseconds:F1} ms");
}
