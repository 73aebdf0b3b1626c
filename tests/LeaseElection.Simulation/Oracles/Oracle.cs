namespace LeaseElection.Simulation.Oracles;

/// <summary>
/// Safety, judged by somebody who knows only true time and what replicas report: never two leaders, never two works (but for one that
/// overran), tokens that rise. What it lets pass is one thing: a Lease that was deleted under its leader, before a newcomer that never saw
/// it.
/// </summary>
internal sealed class Oracle(Func<TimeSpan> now)
{
    private readonly List<IWitness> _terms = [];
    private readonly HashSet<string> _wronged = [];
    private readonly Dictionary<string, string?> _deleted = []; // Each deleted Lease's uid, and the mark that it had.
    private readonly HashSet<(string HolderMark, string Newcomer)> _exempted = [];
    private readonly HashSet<(string HolderMark, string Newcomer)> _unseen = [];
    private readonly HashSet<(string, string)> _byPeers = [];
    private IWitness? _newest;
    private readonly HashSet<string> _saidNo = [];
    private long _newestToken = -1;
    private bool _isRestored;

    public Violation? Violation { get; private set; }

    /// <summary>Gets how often two led because a newcomer never saw the Lease that was deleted.</summary>
    public int Exempted => _exempted.Count;

    /// <summary>Gets how often two led because a peer, by its own rules, took the Lease from under one of them.</summary>
    public int ByPeers => _byPeers.Count;

    /// <summary>Gets how many terms go on, as far as anybody has said.</summary>
    public int Terms => _terms.Count;

    public void LeaseDeleted(string uid, string? mark) => _deleted[uid] = mark;

    /// <summary>
    /// etcd came back from a backup: tokens begin again, and who guards something by them has to be told so (docs/safety.md, Limits, 2).
    /// </summary>
    public void Restored()
    {
        _isRestored = true;
        (_newest, _newestToken) = (null, -1);
    }

    public void TermBegan(IWitness who, long token)
    {
        // Who was deleted may still find out that it had won, when the newcomer has seen it too late, and leads for the second time (seed
        // 200042567).
        foreach (var mark in _deleted.Values.OfType<string>().Where(mark => !who.HadSeen(mark)))
            _unseen.Add((mark, who.Name));
        if (token <= _newestToken)
        {
            Judge(OracleKind.Token, who, _newest!, $"the first began a term with token {token}, and the second had {_newestToken} before");
        }
        else
        {
            (_newest, _newestToken) = (who, token);
        }

        _terms.Add(who);
    }

    public void TermEnded(IWitness who) => _terms.RemoveAll(t => t == who);

    public void Gone(IWitness who) => TermEnded(who);

    /// <summary>
    /// A peer overwrote a record with this mark: by its own rules, which are not ours. The term of that mark was wronged.
    /// </summary>
    public void PeerWrote(string mark) => _wronged.Add(mark);

    /// <summary>Asks everybody who could be a leader.</summary>
    public void Ask()
    {
        IWitness? first = null;
        // Those who answer no may be taken off the list meanwhile.
        foreach (var term in _terms.ToArray())
        {
            if (!term.CanAnswer)
                continue;
            if (!term.IsLeader)
            {
                _saidNo.Add(term.TermMark!);
                continue;
            }

            if (_saidNo.Contains(term.TermMark!))
                Report(OracleKind.Revived, $"{term.Name} leads again in a term that was over");
            if (first is { } other)
                Judge(OracleKind.TwoLeaders, other, term, "both lead");
            else
                first = term;
        }
    }

    /// <summary>A work began: nobody else's may run, unless it had its time to stop.</summary>
    public void WorkBegan(IWitness who, IReadOnlyList<IWitness> all)
    {
        foreach (var other in all)
        {
            if (other == who || !other.Works || other.SinceLoss > other.LossAllowance)
                continue;
            Judge(OracleKind.TwoWorks, other, who, $"both work; {other.Name} lost the Lease {other.SinceLoss.TotalSeconds:F3} s ago and may take {other.LossAllowance.TotalSeconds:F3} s");
        }
    }

    /// <summary>A store that keeps the largest token refused one.</summary>
    public void Refused(IWitness who, long token, long largest)
    {
        if (!_isRestored && who.CanAnswer && who.IsLeader && token == _newestToken)
            Report(OracleKind.Token, $"{who.Name} leads, and its token {token} was refused for {largest}");
    }

    public void Report(OracleKind oracle, string text) => Violation ??= new(oracle, now(), text);

    private void Judge(OracleKind oracle, IWitness first, IWitness second, string text)
    {
        if (Exempt(first, second) || Exempt(second, first))
            return;
        if (_wronged.Contains(first.TermMark!) || _wronged.Contains(second.TermMark!))
            _byPeers.Add((first.TermMark!, second.TermMark!));
        else
            Report(oracle, $"{first.Name} and {second.Name}: {text}");
    }

    // What is let pass once stays so for that term and that newcomer, whatever it sees or does later.
    private bool Exempt(IWitness holder, IWitness newcomer)
    {
        if (IsUnseen(holder, newcomer))
            _exempted.Add((holder.TermMark!, newcomer.Name));
        return _exempted.Contains((holder.TermMark!, newcomer.Name));
    }

    // The one documented limit: the Lease was deleted under its holder, and the other one was never shown it.
    private bool IsUnseen(IWitness holder, IWitness newcomer) =>
        holder.TermUid is { } uid && _deleted.ContainsKey(uid) && uid != newcomer.TermUid
        && (!newcomer.HadSeen(holder.TermMark!) || _unseen.Contains((holder.TermMark!, newcomer.Name)));
}
