using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>
/// S2: a holder believes in its term until the send time of its last successful write + RenewDeadline, on its
/// holder's clock, and never longer.
/// </summary>
internal static class HolderRules
{
    /// <summary>Comes first in every step: a reply that is handled after the deadline is too late to matter.</summary>
    public static void CheckDeadline(ref Step step)
    {
        ref var hold = ref step.State.Hold;
        if (hold.Exists && step.Now.Holder >= hold.ValidUntil)
            Lose(ref step, TermEndReason.DeadlinePassed);
    }

    /// <summary>Our acquire took effect: from here on we hold the Lease, unless its validity ended before it began.</summary>
    public static void BeginHold(ref Step step, in OwnWrite write, in LeaseSnapshot lease)
    {
        ref var state = ref step.State;
        // An earlier create of ours landed after the Lease that we held was deleted.
        if (state.Hold.Exists)
            Lose(ref step, TermEndReason.LeaseDeleted);
        // S6: an acquire that lands late, while older work still runs, begins no term; we overwrite it once the work has stopped.
        if (state.Work.Running || step.Now.Holder >= write.ValidUntil || write.LeaseIsGone)
            return;
        // S3: while the acquire was under way, we learned that a Lease was deleted under its holder. We wait for that holder, then
        // overwrite our own record.
        if (step.Now.Monotonic < state.View.DeletedHolderUntil)
            return;

        // Of two open acquires the earlier may have won: no renewal is dated before either.
        var won = lease.Spec.RenewTime!.Value.Micro!.Value;
        var (stamp, at) = won < state.LastAcquire.Stamp ? state.LastAcquire : (won, write.SentMonotonic);
        state.Hold = new()
        {
            Exists = true,
            Settings = write.Settings,
            LastStamp = stamp,
            LastStampAt = at,
        };
        Extend(ref step, write, lease);
        if (state.Lifecycle != Lifecycle.Running || state.Paused)
            return; // S5: stopped or paused while acquiring, so we hold it only to release it.

        state.Term = new() { Number = state.Term.Number + 1, Active = true };
        state.Work = new()
        {
            Running = true,
            StartedAt = step.Now.Monotonic,
            WhenItFails = write.Settings.WhenWorkFails,
            Failures = state.Work.Failures,
        };
        step.Do(new(EffectKind.BeginTerm) { Number = state.Term.Number, Version = lease.Version, ValidUntil = state.Hold.ValidUntil });
    }

    public static void Renewed(ref Step step, in OwnWrite write, in LeaseSnapshot lease)
    {
        ref var state = ref step.State;
        if (!state.Hold.Exists || write.Term != state.Term.Number)
            return;
        Extend(ref step, write, lease);
        if (state.Term.Active)
            step.Do(new(EffectKind.ExtendTerm) { Number = state.Term.Number, ValidUntil = state.Hold.ValidUntil });
    }

    /// <summary>
    /// The hold is gone. First the term ends, then everything else (S5). Nothing is released, because nothing is ours any more.
    /// </summary>
    public static void Lose(ref Step step, TermEndReason reason)
    {
        ref var state = ref step.State;
        EndTerm(ref step, reason);
        // Counted from this step, not from the deadline: a process that was frozen past its deadline could not stop its work any earlier,
        // and calling that an overrun would stop the host after every pause. Only the fencing token protects against what such work does.
        state.Work.LossOverrunAt = step.Now.Holder + state.Hold.Settings.OverrunAllowance;
        LeavingRules.DropHold(ref step);
    }

    public static void EndTerm(ref Step step, TermEndReason reason)
    {
        ref var term = ref step.State.Term;
        if (!term.Active)
            return;
        term.Active = false;
        term.EndReason = reason;
        step.State.ReportedLeader = null;
        step.Do(new(EffectKind.EndTerm) { Number = term.Number, Reason = reason });
    }

    /// <summary>Renews when it is time, and again after a failure.</summary>
    public static void Decide(ref Step step)
    {
        ref var state = ref step.State;
        step.Reached(state.Hold.ValidUntil);
        ReadRules.Decide(ref step);
        if (!state.Term.Active && LeavingRules.Decide(ref step))
            return;
        if (state.Writes.Open is null)
        {
            if (!state.Requests.WriteNeedsRead && step.Reached(state.Requests.WriteAt))
                step.Renew(onAnother: false);
        }
        else if (DoubtRules.MaySendSecond(ref step, state.Hold.ValidUntil, out var onAnother))
        {
            step.Renew(onAnother);
        }
    }

    private static void Extend(ref Step step, in OwnWrite write, in LeaseSnapshot lease)
    {
        ref var state = ref step.State;
        state.Hold.Uid = lease.Uid;
        state.Hold.Version = lease.Version;
        state.Hold.Spec = lease.Spec;
        state.Hold.Mark = write.Write.Mark;
        state.Hold.Rest = lease.Rest;
        state.Hold.ValidUntil = write.ValidUntil;
        state.Requests.Failures = 0;
        var next = write.Settings.RenewInterval * (write.Kind == WriteKind.Acquire ? write.Settings.FirstRenewal : 1);
        state.Requests.WriteAt = state.Hold.ReleaseUntil is null ? write.SentMonotonic + next : default;
    }
}
