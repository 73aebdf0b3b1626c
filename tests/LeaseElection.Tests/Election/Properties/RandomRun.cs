using LeaseElection.Election.Inputs;
using LeaseElection.Election.State;
using LeaseElection.Leases;

namespace LeaseElection.Tests.Election.Properties;

/// <summary>Plays a list of acts in a world of several candidates under the eyes of the oracle, then heals it all.</summary>
internal sealed class RandomRun
{
    private static readonly double[] Rates = [1, 0.9, 1.1];
    private readonly World _world = new();
    private readonly Queue<(Candidate Candidate, ElectionInput Reply)> _lateReplies = new();
    private readonly Queue<LeaseWrite> _lateWrites = new();
    private int _edits;

    public RandomRun(int candidates)
    {
        Monitor = new(_world);
        for (var i = 0; i < candidates; i++)
        {
            var candidate = _world.Add(((char)('a' + i)).ToString(), rate: Rates[i]);
            candidate.Monitor = Monitor;
            candidate.Start();
            _world.Settle();
        }
    }

    public EffectOracle Monitor { get; }

    public void Play(IEnumerable<Act> acts)
    {
        foreach (var act in acts)
        {
            Do(act, _world.Candidates[act.Who % _world.Candidates.Count]);
            _world.Settle();
        }
    }

    /// <summary>Everything works again: someone must lead, if anyone still takes part.</summary>
    public void HealAndExpectALeader()
    {
        _world.Server.Down = false;
        foreach (var candidate in _world.Candidates)
        {
            candidate.Watches = candidate.WorkStopsAtOnce = true;
            candidate.HoldWrites = false;
            candidate.Resume();
            if (candidate.HeldWrite is not null)
                candidate.ReleaseHeldWrite();
            if (candidate.WorkRuns && !candidate.TermActive)
                candidate.EndWork();
        }

        while (_lateReplies.TryDequeue(out var late))
            _world.Post(late.Candidate, late.Reply);
        _world.Settle();
        // A lease and a third, the slowest clock, the work's longest backoff.
        _world.Advance(((15 * 4 / 3.0) + 2 + 60) / 0.9);
        Assert.True(
            _world.Candidates.Any(c => c.IsLeader)
                || _world.Candidates.All(c => c.State.Lifecycle is Lifecycle.Stopping or Lifecycle.Finished),
            "nobody leads though nothing is wrong any more");
    }

    private void Do(Act act, Candidate who)
    {
        switch (act.Kind)
        {
            case ActKind.Advance:
                _world.Advance(TimeSpan.FromMilliseconds(act.Amount));
                break;
            case ActKind.Freeze:
                _world.Freeze(act.Amount / 1000.0);
                break;
            case ActKind.HoldWrites:
                who.HoldWrites = true;
                break;
            case ActKind.CommitAndReply or ActKind.CommitAndLoseReply or ActKind.LoseRequest or ActKind.CommitLate or ActKind.ReplyLate:
                Answer(act.Kind, who);
                break;
            case ActKind.StopWatching:
                who.Watches = false;
                break;
            case ActKind.StartWatching:
                who.Watches = true;
                break;
            case ActKind.ReplayOldEvent when _world.Server.History.Count > 0:
                var (version, lease) = _world.Server.History[act.Amount % _world.Server.History.Count];
                // A watch replays what it has shown already; it does not skip what it has not.
                if (version <= who.State.View.Baseline)
                    _world.Post(who, lease is { } old ? new ElectionInput.LeaseSeen(old) : new ElectionInput.LeaseDeleted(version));
                break;
            case ActKind.ExpireWatch:
                _world.Post(who, new ElectionInput.WatchExpired());
                break;
            case ActKind.ServerDown or ActKind.ServerUp:
                _world.Server.Down = act.Kind == ActKind.ServerDown;
                break;
            case ActKind.StepDown:
                who.StepDown();
                break;
            case ActKind.Pause:
                who.Pause();
                break;
            case ActKind.Resume:
                who.Resume();
                break;
            case ActKind.EndWork when who.WorkRuns:
                who.EndWork();
                break;
            case ActKind.FailWork when who.WorkRuns:
                who.FailWork();
                break;
            case ActKind.SlowWork:
                who.WorkStopsAtOnce = false;
                break;
            case ActKind.StepWall:
                who.WallOffset += TimeSpan.FromMilliseconds(act.Amount * ((act.Amount & 1) == 0 ? 1 : -1));
                who.Tick(); // The ticker is never further away than 250 ms (S7).
                break;
            case ActKind.Suspend:
                who.Suspended += TimeSpan.FromMilliseconds(act.Amount);
                _world.Freeze(act.Amount / 1000.0);
                who.Tick();
                break;
            case ActKind.SeeExpiry when who.TermActive:
                _world.Post(who, new ElectionInput.ExpirySeen(who.Terms[^1].Number));
                break;
            case ActKind.Stop when act.Amount % 8 == 0:
                who.Stop();
                break;
            default:
                Meddle(act.Kind);
                break;
        }
    }

    // Third parties.
    private void Meddle(ActKind kind)
    {
        if (_world.Server.Lease is null)
            return;
        if (kind == ActKind.EditLabels)
            _world.Server.EditLabels(++_edits);
        else if (kind == ActKind.Steal)
            _world.Server.Edit(
                s => s with { HolderIdentity = "thief", LeaseDurationSeconds = 15, RenewTime = MicroTime.From(_world.Wall) });
        else if (kind == ActKind.Erase && IsMarked(_world.Server.Lease.Value)) // Without a living mark it would be a release.
            _world.Server.Edit(s => s with { HolderIdentity = "", LeaseDurationSeconds = 1 });
        else if (kind == ActKind.EditDuration && IsMarked(_world.Server.Lease.Value))
            _world.Server.Edit(s => s with { LeaseDurationSeconds = 1 });
        else if (kind == ActKind.Reconcile && _world.Server.Lease.Value.Spec.HasHolder) // A manifest that is applied again.
            _world.Server.Edit(s => s with { LeaseDurationSeconds = 20, LeaseTransitions = ++_edits % 2 == 0 ? 0 : s.LeaseTransitions });
        // The documented limit: who never saw the holder of a deleted Lease cannot know of it. So all have to have seen it.
        else if (kind == ActKind.Delete && _world.Candidates.All(
            c => c.State.View.Lease.Spec.HasHolder && c.State.View.Lease.Version == _world.Server.Lease.Value.Version))
            _world.Server.Delete();
    }

    private static bool IsMarked(in LeaseSnapshot lease) => TermMark.Parse(lease.Mark) is { } mark && mark.IsAliveIn(lease.Spec);

    private void Answer(ActKind kind, Candidate who)
    {
        if (kind == ActKind.ReplyLate && _lateReplies.TryDequeue(out var late))
            _world.Post(late.Candidate, late.Reply);
        if (kind == ActKind.CommitLate && _lateWrites.TryDequeue(out var write))
            _world.Server.Apply(0, write);
        if (who.HeldWrite is not { } held)
            return;
        who.HoldWrites = (kind is ActKind.ReplyLate or ActKind.LoseRequest) && who.HoldWrites;
        if (kind == ActKind.ReplyLate)
        {
            _lateReplies.Enqueue((who, who.CommitHeldWrite()));
            return;
        }

        if (kind == ActKind.CommitLate)
            _lateWrites.Enqueue(held.Write); // Reported as unknown now; the server gets to it later.
        who.ReleaseHeldWrite(
            commits: kind is ActKind.CommitAndReply or ActKind.CommitAndLoseReply, replyLost: kind == ActKind.CommitAndLoseReply);
    }
}
