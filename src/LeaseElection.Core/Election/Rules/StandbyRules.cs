using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>
/// S3: a standby overwrites a holder only after it has itself seen the same uid and spec unchanged for the holder's lease duration, on its
/// own monotonic clock. It never compares a timestamp of the Lease with a clock of its own.
/// </summary>
internal static class StandbyRules
{
    /// <summary>Campaigns when the Lease is free, and watches until then.</summary>
    public static void Decide(ref Step step)
    {
        ref var state = ref step.State;
        if (!state.Requests.Reading && state.View.Knowledge == Knowledge.Unknown && !state.Requests.ReadWanted)
            step.WantRead(beforeWriting: true);
        ReadRules.Decide(ref step);
        ReadRules.KeepWatching(ref step);
        var maySend = MaySend(ref step, out var onAnother);
        if (LeavingRules.OldWorkRuns(ref step) || state.Paused || StandsAside(ref step))
            return;
        if (maySend
            && !state.Requests.WriteNeedsRead
            && step.Reached(state.View.FreeAt)
            && step.Reached(state.Requests.WriteAt))
        {
            step.Acquire(onAnother);
        }
    }

    // Beside an acquire without an answer one more may go, for the same version. A renewal or a release of a term that is over is not
    // waited for any longer than it takes to doubt it.
    private static bool MaySend(ref Step step, out bool onAnother)
    {
        ref var writes = ref step.State.Writes;
        onAnother = false;
        if (writes.Open is not { } open)
            return true;
        if (open.Kind == WriteKind.Acquire)
            return DoubtRules.MaySendSecond(ref step, open.ValidUntil, out onAnother);
        onAnother = true;
        return writes.OtherOpen is null && step.Reached(open.SentMonotonic + open.Settings.RequestTimeout);
    }

    /// <summary>Records the Lease as it is now, from a watch, a read or a confirmed write.</summary>
    /// <param name="step">The step.</param>
    /// <param name="lease">What was seen.</param>
    /// <param name="waitOnce">Whether even a free record is waited for.</param>
    /// <param name="takeBack">Whether this very version may be taken back by us, who held until now.</param>
    public static void Accept(ref Step step, in LeaseSnapshot lease, bool waitOnce = false, bool takeBack = false)
    {
        ref var view = ref step.State.View;
        var unchanged = view.Knowledge == Knowledge.Present && view.Lease.Uid == lease.Uid && view.Lease.Spec == lease.Spec && !waitOnce;
        var wait = WaitFor(lease, step.Settings);
        if (waitOnce)
            wait = Max(wait, Max(view.Wait, step.Settings.LeaseDuration));
        if (unchanged)
        {
            // Removing the mark from an unchanged record must not shorten the wait.
            view.Wait = Max(wait, view.Wait);
            // All erased specs look alike: only the mark shows that there was another term since.
            if (lease.Mark != view.Lease.Mark && LivingMark(lease) is not null)
                view.Since = step.Now.Monotonic;
        }
        else
        {
            view.Since = step.Now.Monotonic;
            view.Wait = wait;
            view.Jitter = step.ExpiryJitter();
            if (!step.State.Hold.Exists)
                step.State.Requests.Failures = 0; // The Lease changed: earlier failures no longer count.
            if (wait > TimeSpan.Zero && !lease.Spec.HasHolder && !takeBack)
                step.Notify(Notice.HolderErased);
        }

        if (takeBack)
            view.TakeBackAt = EditRules.TakesBackAt(ref step);
        else if (view.Knowledge != Knowledge.Present || view.Lease.Version != lease.Version)
            view.TakeBackAt = null; // Any later sight of anything else.
        view.Knowledge = Knowledge.Present;
        view.Lease = lease;
        view.Baseline = lease.Version;
        view.Stamp++;
        view.LastNews = step.Now.Monotonic;
        step.State.Writes.Prune(lease.Version);
        view.Own = !waitOnce && step.State.Writes.IsConfirmed(lease);
        if (!view.Own)
            step.State.Writes.ForgetConfirmed();
        SeeLeader(ref step);
    }

    /// <summary>
    /// Records that the Lease is absent. If it was deleted under a holder that we saw, we wait for that holder: it may be cut off and
    /// alive. If we held the Lease until this very deletion, no wait is needed; if we only find it gone, another may have come since.
    /// </summary>
    public static void AcceptAbsence(ref Step step, bool takeBack)
    {
        ref var view = ref step.State.View;
        if (view.Knowledge != Knowledge.Absent)
        {
            view.Since = step.Now.Monotonic;
            view.Wait = takeBack || view.Knowledge == Knowledge.Unknown ? TimeSpan.Zero : view.Wait;
            view.Jitter = step.ExpiryJitter();
            view.DeletedHolderUntil = MonotonicInstant.Max(view.DeletedHolderUntil, view.Since + view.Wait);
            view.TakeBackAt = takeBack ? EditRules.TakesBackAt(ref step) : null;
            if (view.Wait > TimeSpan.Zero)
                step.Notify(Notice.HolderErased);
        }

        step.State.Writes.LeaseIsGone();
        view.Knowledge = Knowledge.Absent;
        view.Lease = default;
        view.Own = false;
        view.Stamp++;
        view.LastNews = step.Now.Monotonic;
        SeeLeader(ref step);
    }

    /// <summary>
    /// Records that the Lease has another uid than the one we knew: that Lease was deleted, unseen by us, perhaps under the holder that we
    /// saw. From here on we wait as if we had seen its absence.
    /// </summary>
    public static void AcceptReplacement(ref Step step, string uid)
    {
        ref var view = ref step.State.View;
        if (view.Knowledge == Knowledge.Present && view.Lease.Uid != uid)
            view.DeletedHolderUntil = MonotonicInstant.Max(view.DeletedHolderUntil, step.Now.Monotonic + view.Wait);
    }

    /// <summary>
    /// Records the last events of a Lease that was replaced before we learned of them. Its holder may be cut off and alive, and the one
    /// that released the current Lease may not have known of it.
    /// </summary>
    public static void AcceptPredecessor(ref Step step, in LeaseSnapshot lease)
    {
        ref var view = ref step.State.View;
        if (view.Knowledge == Knowledge.Present && view.Lease.Uid != lease.Uid)
            view.DeletedHolderUntil = MonotonicInstant.Max(view.DeletedHolderUntil, step.Now.Monotonic + WaitFor(lease, step.Settings));
    }

    /// <summary>How long this record must be seen unchanged before it may be overwritten; zero for a released one.</summary>
    private static TimeSpan WaitFor(in LeaseSnapshot lease, ElectionSettings settings)
    {
        var marked = LivingMark(lease) is { } mark ? TimeSpan.FromSeconds(mark.LeaseDurationSeconds) : TimeSpan.Zero;
        if (!lease.Spec.HasHolder && marked == TimeSpan.Zero)
            return TimeSpan.Zero;
        // Other electors write holders without a usable duration. They get ours.
        var recorded = lease.Spec.LeaseDurationSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : settings.LeaseDuration;
        return Max(recorded, marked);
    }

    private static TermMark? LivingMark(in LeaseSnapshot lease) =>
        TermMark.Parse(lease.Mark) is { } mark && mark.IsAliveIn(lease.Spec) ? mark : null;

    private static bool StandsAside(ref Step step)
    {
        ref var state = ref step.State;
        if (state.StandAsideForOthers && state.View.Holder is { } holder && holder != step.Settings.Identity)
        {
            state.StandAsideUntil = default;
            state.StandAsideForOthers = false;
        }

        return !step.Reached(state.StandAsideUntil);
    }

    private static void SeeLeader(ref Step step)
    {
        ref var state = ref step.State;
        // Our own record names no leader once our term is over.
        var ours = state.View.Own && !state.Term.Active;
        var holder = ours ? null : state.View.Holder;
        if (holder == state.ReportedLeader)
            return;
        state.ReportedLeader = holder;
        step.Do(new(EffectKind.SeeLeader) { Leader = holder });
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
