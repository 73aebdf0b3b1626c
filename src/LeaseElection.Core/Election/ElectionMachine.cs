using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.Rules;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;

namespace LeaseElection.Election;

/// <summary>
/// The election as a function: state, input and moment in, state and effects out. It has no clock, no thread, no randomness and no I/O, so
/// that all it does can be tested, simulated and replayed. The safety argument is in docs/safety.md; each rule has a file of its own in
/// Rules/, which carries the rule's number.
/// </summary>
internal static class ElectionMachine
{
    /// <summary>Takes one step.</summary>
    /// <param name="state">The candidate's state, changed in place; a copy is the state before.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">When, and chance. Every step is a tick of the holder's clock.</param>
    /// <param name="settings">The settings for what begins from now on; a term keeps its own.</param>
    /// <param name="effects">What to do, in order; cleared first.</param>
    public static void Step(ref ElectionState state, ElectionInput input, in Moment now, ElectionSettings settings, Effects effects)
    {
        effects.Clear();
        if (state.Lifecycle == Lifecycle.Finished)
            return; // A late reply or event: this candidate has already left.
        var step = new Step(ref state, now, settings, effects);
        HolderRules.CheckDeadline(ref step);
        Take(ref step, input);
        Decide(ref step);
        DoubtRules.Doubt(ref step); // What was sent in this step is doubted in a later one.
        if (input is ElectionInput.Woken)
            state.ArmedFor = MonotonicInstant.Never;
        if (step.WakeAt == state.ArmedFor)
            return;
        state.ArmedFor = step.WakeAt;
        step.Do(new(EffectKind.ArmTimer) { At = step.WakeAt });
    }

    private static void Take(ref Step step, ElectionInput input)
    {
        ref var state = ref step.State;
        switch (input)
        {
            case ElectionInput.Started when state.Lifecycle == Lifecycle.Idle:
                state.Lifecycle = Lifecycle.Running;
                break;
            case ElectionInput.LeaseSeen seen:
                Observations.Seen(ref step, seen.Lease);
                break;
            case ElectionInput.LeaseDeleted deleted:
                Observations.Deleted(ref step, deleted.Version);
                break;
            case ElectionInput.WatchIdle:
                state.View.LastNews = step.Now.Monotonic;
                break;
            case ElectionInput.WatchExpired:
                state.Requests.Watching = false;
                state.Requests.WatchTold = 0;
                step.WantRead(beforeWriting: false, step.AfterExpiredWatch());
                break;
            case ElectionInput.WatchHealth health:
                state.Requests.WatchBroken = !health.Healthy;
                state.Requests.WatchTold = 0;
                state.Requests.WatchOwes = 0; // A new connection resumes where the last one was.
                step.Notify(health.Healthy ? Notice.Watching : Notice.Polling);
                break;
            case ElectionInput.ReadEnded read:
                ReadRules.Ended(ref step, read);
                break;
            case ElectionInput.ProbeEnded probe:
                DoubtRules.Ended(ref step, probe);
                break;
            case ElectionInput.WriteEnded write:
                WriteRules.Ended(ref step, write);
                break;
            case ElectionInput.ExpirySeen expiry when state.Term.Active && state.Term.Number == expiry.Term:
                HolderRules.Lose(ref step, TermEndReason.DeadlinePassed);
                break;
            case ElectionInput.StopRequested:
                LeavingRules.Stop(ref step);
                break;
            case ElectionInput.StepDownRequested:
                LeavingRules.StepDown(ref step);
                break;
            case ElectionInput.PauseRequested:
                LeavingRules.Pause(ref step);
                break;
            case ElectionInput.ResumeRequested:
                LeavingRules.Resume(ref step);
                break;
            case ElectionInput.WorkFailed failure:
                LeavingRules.WorkFailed(ref step, failure);
                break;
            case ElectionInput.WorkCompleted completion:
                LeavingRules.WorkCompleted(ref step, completion.Term);
                break;
            case ElectionInput.WorkEnded work:
                LeavingRules.WorkEnded(ref step, work);
                break;
            default:
                break; // Woken, or something that no longer matters.
        }
    }

    private static void Decide(ref Step step)
    {
        ref var state = ref step.State;
        if (state.Lifecycle == Lifecycle.Idle)
            return;
        DoubtRules.CloseExpired(ref step);
        if (state.Hold.Exists)
            HolderRules.Decide(ref step);
        if (state.Hold.Exists || state.Lifecycle == Lifecycle.Finished)
            return;
        if (state.Lifecycle == Lifecycle.Stopping)
            LeavingRules.DecideFarewell(ref step);
        else
            StandbyRules.Decide(ref step);
    }
}
