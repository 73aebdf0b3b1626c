using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;

namespace LeaseElection.Election.Rules;

/// <summary>
/// S5 and S6: the term ends first. Then we renew until the work has ended. Then we release the Lease. No new term begins
/// while work of an older one runs.
/// </summary>
internal static class LeavingRules
{
    public static void Stop(ref Step step)
    {
        ref var state = ref step.State;
        if (state.Lifecycle is Lifecycle.Stopping or Lifecycle.Finished)
            return;
        LeaveForGood(ref step);
        if (state.Writes.MayHaveAcquired)
            step.WantRead(beforeWriting: true);
        Leave(ref step, TermEndReason.Stopped);
    }

    public static void StepDown(ref Step step)
    {
        if (!step.State.Term.Active)
            return;
        Leave(ref step, TermEndReason.SteppedDown);
    }

    /// <summary>An acquire under way is not called back: if it succeeds, the Lease is released at once, as after a stop.</summary>
    public static void Pause(ref Step step)
    {
        if (step.State.Paused)
            return;
        step.State.Paused = true;
        Leave(ref step, TermEndReason.Paused);
        step.Notify(Notice.Paused);
    }

    public static void Resume(ref Step step)
    {
        if (!step.State.Paused)
            return;
        step.State.Paused = false;
        step.Notify(Notice.Resumed);
    }

    /// <summary>
    /// S8: the term ends when a part fails. The drain counts from here, and we renew while the other parts stop. The failure policy applies
    /// even if the Lease was lost since, because the failure came first.
    /// </summary>
    public static void WorkFailed(ref Step step, ElectionInput.WorkFailed input)
    {
        ref var state = ref step.State;
        if (!state.Work.Running || input.Term != state.Term.Number)
            return;
        var lasted = step.Now.Monotonic - state.Work.StartedAt;
        state.Work.Failures = lasted >= Pace.WorkIsHealthyAfter ? 1 : state.Work.Failures + 1;
        state.Work.HasFailed = true;
        var stopsHost = state.Work.WhenItFails == WorkFailurePolicy.StopHost && state.Lifecycle == Lifecycle.Running;
        if (stopsHost)
            LeaveForGood(ref step);
        Leave(ref step, TermEndReason.WorkFailed);
        if (stopsHost)
            step.Do(new(EffectKind.StopHost));
    }

    /// <summary>The task of the work has ended; for a service, so have all its loops (S6).</summary>
    public static void WorkEnded(ref Step step, ElectionInput.WorkEnded input)
    {
        ref var state = ref step.State;
        if (!state.Work.Running || input.Term != state.Term.Number)
            return;
        state.Work.Running = false;
        if (state.Work.HasFailed)
        {
            // Counted from here, not from the failure: the Lease is released only now, and another candidate must have its chance.
            state.StandAsideUntil = step.Now.Monotonic + step.AfterWorkFailure(state.Work.Failures);
            state.StandAsideForOthers = false;
        }

        WorkCompleted(ref step, input.Term);
    }

    /// <summary>The work has ended by itself; the policy says whether the term goes on.</summary>
    public static void WorkCompleted(ref Step step, long term)
    {
        ref var state = ref step.State;
        if (!state.Term.Active || term != state.Term.Number || state.Hold.Settings.WhenWorkCompletes != WorkCompletionPolicy.Resign)
            return;
        LeaveForGood(ref step);
        Leave(ref step, TermEndReason.WorkCompleted);
    }

    /// <summary>What a holder does after its term has ended.</summary>
    /// <returns>Whether that is all: false while the work runs and the Lease must be renewed as before.</returns>
    public static bool Decide(ref Step step)
    {
        ref var state = ref step.State;
        if (state.Work.Running)
        {
            if (!state.Work.OverrunReported && step.Reached(state.Hold.DrainUntil))
                ReportOverrun(ref step);
            ReturnFromStop(ref step);
            return false;
        }

        if (state.Hold.ReleaseUntil is null)
        {
            state.Hold.ReleaseUntil = step.Now.Monotonic + state.Hold.Settings.FarewellTimeout;
            state.Requests.WriteAt = default; // At once, not when the next renewal would be due.
        }

        // A renewal that is open is awaited first, but not for ever.
        var until = state.Hold.ReleaseUntil.Value;
        var awaitsRenewal = state.Writes.Open is { Kind: not WriteKind.Release }
            && !step.Reached(until + (state.Hold.Settings.FarewellTimeout * -0.5));
        if (state.Hold.LeaveUnreleased)
        {
            if (!awaitsRenewal)
                DropHold(ref step);
        }
        else if (step.Reached(until))
        {
            step.Notify(Notice.ReleaseAbandoned);
            DropHold(ref step);
        }
        else if (!awaitsRenewal && MayRelease(ref step, until, out var onAnother))
        {
            step.Release(onAnother);
        }

        return true;
    }

    private static bool MayRelease(ref Step step, MonotonicInstant until, out bool onAnother)
    {
        ref var state = ref step.State;
        onAnother = false;
        if (state.Writes.Open is null)
            return !state.Requests.WriteNeedsRead && step.Reached(state.Requests.WriteAt);
        if (state.Writes.Open is { Kind: WriteKind.Release })
            return DoubtRules.MaySendSecond(ref step, step.Now.Holder + (until - step.Now.Monotonic), out onAnother);
        onAnother = true;
        return state.Writes.OtherOpen is null && !state.Requests.WriteNeedsRead && step.Reached(state.Requests.WriteAt);
    }

    public static void Released(ref Step step, in OwnWrite write)
    {
        ref var state = ref step.State;
        if (!state.Hold.Exists || write.Term != state.Term.Number)
            return;
        DropHold(ref step);
        step.Notify(Notice.Released);
    }

    /// <summary>The hold is over, one way or another.</summary>
    public static void DropHold(ref Step step)
    {
        ref var state = ref step.State;
        state.Hold = default;
        state.Requests.WriteAt = default;
        state.Requests.Failures = 0;
        if (state.Term.EndReason == TermEndReason.SteppedDown)
        {
            state.StandAsideUntil = step.Now.Monotonic + step.Settings.RetryPeriod;
            state.StandAsideForOthers = true;
        }
    }

    /// <summary>What remains to do when we stop and hold nothing.</summary>
    public static void DecideFarewell(ref Step step)
    {
        ref var state = ref step.State;
        if (OldWorkRuns(ref step))
            ReturnFromStop(ref step);
        // S5: an acquire under way is awaited, and one of unknown outcome is looked for; if it won, it is released.
        var isAwaited = state.Writes.IsAcquiring || (state.Writes.MayHaveAcquired && state.Requests.ReadWanted);
        if (isAwaited && !step.Reached(state.FarewellUntil))
        {
            DoubtRules.Doubt(ref step);
            ReadRules.Decide(ref step);
            return;
        }

        Finish(ref step);
    }

    /// <summary>Whether work of an older term still runs (S6). Reports the overrun when its allowance after a loss is over.</summary>
    public static bool OldWorkRuns(ref Step step)
    {
        ref var work = ref step.State.Work;
        if (work.Running && !work.OverrunReported && step.Reached(work.LossOverrunAt))
            ReportOverrun(ref step);
        return work.Running;
    }

    private static void Leave(ref Step step, TermEndReason reason)
    {
        ref var state = ref step.State;
        if (!state.Hold.Exists || !state.Term.Active)
            return;
        HolderRules.EndTerm(ref step, reason);
        state.Hold.DrainUntil = step.Now.Monotonic + state.Hold.Settings.DrainAllowance;
        state.Hold.LeaveUnreleased = reason == TermEndReason.Stopped && !state.Hold.Settings.ReleaseOnStop;
    }

    private static void LeaveForGood(ref Step step)
    {
        step.State.Lifecycle = Lifecycle.Stopping;
        step.State.FarewellUntil = step.Now.Monotonic + step.Settings.FarewellTimeout;
    }

    private static void Finish(ref Step step)
    {
        ref var state = ref step.State;
        if (state.Work.Running)
            return;
        state.Lifecycle = Lifecycle.Finished;
        step.Do(new(EffectKind.Finish));
    }

    private static void ReportOverrun(ref Step step)
    {
        step.State.Work.OverrunReported = true;
        step.Do(new(EffectKind.ReportOverrun) { Number = step.State.Term.Number });
    }

    // A stop does not wait for work that does not stop; we keep renewing for that work while the process lives.
    private static void ReturnFromStop(ref Step step)
    {
        ref var state = ref step.State;
        if (state.Lifecycle != Lifecycle.Stopping || !state.Work.OverrunReported || state.StopReturned)
            return;
        state.StopReturned = true;
        step.Do(new(EffectKind.ReturnFromStop));
    }
}
