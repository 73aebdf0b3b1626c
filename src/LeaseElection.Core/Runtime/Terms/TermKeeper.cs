using LeaseElection.Diagnostics;
using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Runtime.Clock;

namespace LeaseElection.Runtime.Terms;

/// <summary>
/// Turns the machine's terms into what users see: the term object, its work, and the public state. Only the loop calls it, except where a
/// member names another thread.
/// </summary>
internal sealed class TermKeeper(
    ElectorContext context,
    LeadershipState leadership,
    HolderClock clock,
    Action<ElectionInput> post,
    Action<HeldTerm> startWork)
{
    private HeldTerm? _term;
    private ElectionSettings _settings = context.Settings;
    private HeldTerm? _begun;
    private OverrunGuard? _guard;
    private string? _leader;
    private bool _changed;

    /// <summary>Gets what made the election end, where a policy says so; null otherwise.</summary>
    public Exception? Failure { get; private set; }

    private string Identity => context.Settings.Identity;

    public void Begin(in Effect effect, ElectionSettings settings, string leaseUid)
    {
        Volatile.Write(ref _settings, settings);
        var term = new HeldTerm(effect.Number, effect.Version, effect.ValidUntil, clock, ExpirySeen);
        var guard = settings.WhenWorkOverruns == WorkOverrunPolicy.FailFast
            ? new OverrunGuard(context, term, settings.OverrunAllowance)
            : null;
        Volatile.Write(ref _guard, guard);
        Volatile.Write(ref _term, term);
        _changed = true;
        ElectionLog.Leading(context.Logger, context.Lease, Identity, term.FencingToken);
        context.Monitor?.TermBegan(term);
        _begun = term;
        foreach (var announcer in context.Announcers)
            announcer.TermBegan(term, leaseUid);
    }

    public void Extend(HolderInstant validUntil) => _term!.Extend(validUntil);

    public void End(TermEndReason reason)
    {
        var term = _term!;
        term.End(reason);
        _leader = null;
        _changed = true;
        var seen = term.EndReason ?? reason;
        context.Monitor?.TermEnded(seen);
        foreach (var announcer in context.Announcers)
            announcer.TermEnded(term, seen);
        if (seen is TermEndReason.DeadlinePassed or TermEndReason.Superseded or TermEndReason.LeaseDeleted or TermEndReason.LeaseEdited)
            ElectionLog.Lost(context.Logger, context.Lease, Identity, term.FencingToken, seen);
        else
            ElectionLog.Ended(context.Logger, context.Lease, Identity, term.FencingToken, seen);
    }

    public void SeeLeader(string? leader, in StandbyWait wait)
    {
        _leader = leader;
        _changed = true;
        context.Monitor?.LeaderSeen(leader);
        if (leader is null || _term is { IsActive: true })
            return;
        if (leader == Identity)
            ElectionLog.OwnRecord(context.Logger, context.Lease, leader, StandbyTexts.Shown(wait.Wait), StandbyTexts.Because(wait));
        else
            ElectionLog.StandingBy(context.Logger, context.Lease, leader, StandbyTexts.Shown(wait.Wait), StandbyTexts.Because(wait));
    }

    /// <summary>Publishes the state after a step, all of it at once.</summary>
    public void Publish()
    {
        if (!_changed)
            return;
        _changed = false;
        var active = _term?.EndReason is null ? _term : null;
        leadership.Publish(new() { LeaderIdentity = active is null ? _leader : Identity, Term = active, EndReason = _term?.EndReason });

        // Only now, so that the work finds itself leading, whatever it asks.
        if (_begun is { } begun)
        {
            _begun = null;
            startWork(begun);
        }
    }

    public void ReportOverrun()
    {
        var term = _term!;
        ElectionLog.Overrun(context.Logger, context.Lease, Identity, term.FencingToken, _settings.WhenWorkOverruns);
        term.ReportOverrun();
        context.Monitor?.Overran(term);
        switch (_settings.WhenWorkOverruns)
        {
            case WorkOverrunPolicy.FailFast:
                OverrunGuard.FailFast(context, term);
                break;
            case WorkOverrunPolicy.StopHost:
                Failure ??= new TimeoutException(
                    $"The work on Lease {context.Lease} still runs though its term has ended and its time to stop is over.");
                context.StopHost?.Invoke();
                post(new ElectionInput.StopRequested());
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// A tick, on the ticker's thread: ends a term whose deadline has passed, even when the loop and the thread pool are blocked (S2).
    /// </summary>
    public void OnTick(HolderInstant now)
    {
        _ = Volatile.Read(ref _term)?.IsActive;
        Volatile.Read(ref _guard)?.OnTick(now);
    }

    /// <summary>The loop broke down.</summary>
    public void Abandon()
    {
        if (_term is { } term && term.End(TermEndReason.DeadlinePassed))
        {
            context.Monitor?.TermEnded(TermEndReason.DeadlinePassed);
            foreach (var announcer in context.Announcers)
                announcer.TermEnded(term, TermEndReason.DeadlinePassed);
        }

        _leader = null;
        _changed = true;
        Publish();
    }

    /// <summary>
    /// A part of the work threw, on its own thread. If that ends the term, it ends here and now, whatever the loop is
    /// doing (S8); the loop does the rest.
    /// </summary>
    public void WorkFailed(HeldTerm term, Exception error)
    {
        if (!term.End(TermEndReason.WorkFailed))
        {
            ElectionLog.WorkFailedWhileStopping(context.Logger, context.Lease, Identity, term.FencingToken, error);
            return;
        }

        var policy = Volatile.Read(ref _settings).WhenWorkFails; // No term begins while this one's work runs.
        if (policy == WorkFailurePolicy.StopHost)
            Failure ??= error;
        post(new ElectionInput.WorkFailed(term.Number));
        ElectionLog.WorkFailed(context.Logger, context.Lease, Identity, term.FencingToken, policy, error);
    }

    /// <summary>
    /// All parts of the work have ended by themselves; what is left of them is disposed of when the term ends. On the work's thread.
    /// </summary>
    public void WorkCompleted(HeldTerm term)
    {
        post(new ElectionInput.WorkCompleted(term.Number));
        ElectionLog.WorkCompleted(context.Logger, context.Lease, Identity, term.FencingToken);
    }

    /// <summary>The work has ended. On the work's thread; the loop does the rest.</summary>
    public void WorkEnded(HeldTerm term)
    {
        Volatile.Write(ref _guard, null);
        context.Monitor?.WorkEnded(term);
        post(new ElectionInput.WorkEnded(term.Number));
    }

    private void ExpirySeen(HeldTerm term) => post(new ElectionInput.ExpirySeen(term.Number));
}
