using LeaseElection.Election.Inputs;
using LeaseElection.Election.State;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>
/// What became of our own writes, including those whose outcome we never learned (design, "Own writes and ambiguous ones").
/// </summary>
internal static class WriteRules
{
    public static void Ended(ref Step step, ElectionInput.WriteEnded input)
    {
        ref var state = ref step.State;
        if (!state.Writes.TryClose(input.Id, out var write))
        {
            // Too late to count as an answer, but it shows the Lease.
            if (input.Outcome is WriteOutcome.Written { Lease: var late } && late.Version > state.View.Baseline)
                Observations.Observe(ref step, late);
            return;
        }


        switch (input.Outcome)
        {
            case WriteOutcome.Written { Lease: var lease } when IsReplyTo(write, lease):
                if (write.Write.IsCreate && write.Stamp == state.View.Stamp && lease.Version <= state.View.Baseline)
                    Observations.RestoredWithoutIt(ref step);
                // A newer write overwrote it before we learned of it: it is history, and no term begins or continues from it.
                if (lease.Version <= state.View.Baseline)
                    break;
                Confirm(ref step, write, lease);
                break;
            case WriteOutcome.Written { Lease: var altered } when altered.Version > state.View.Baseline:
                // Something at the server changes what we write, and would do so again: this record is no write of ours, to nobody.
                Observations.Observe(ref step, altered, isAltered: true);
                state.Requests.WriteAt = step.Now.Monotonic + step.AfterFailure(retryAfter: null);
                break;
            case WriteOutcome.Conflict or WriteOutcome.Missing:
                Refuted(ref step, write);
                break;
            case WriteOutcome.Rejected:
                state.Requests.WriteAt = step.Now.Monotonic + step.AfterRejection();
                break;
            default:
                Unanswered(ref step, write, (input.Outcome as WriteOutcome.Unknown)?.RetryAfter);
                break;
        }
    }

    /// <summary>This write of ours took effect and stands in the Lease: the only way to hold it, or to hold it longer (S1).</summary>
    public static void Confirm(ref Step step, in OwnWrite write, in LeaseSnapshot lease)
    {
        ref var state = ref step.State;
        state.Requests.WriteNeedsRead = false; // We now know the Lease better than from any read.
        // The server may have dropped fields that it does not know, so remember the record as it was stored.
        state.Writes.Confirm(write with { Write = write.Write with { Spec = lease.Spec, Uid = lease.Uid } });
        switch (write.Kind)
        {
            case WriteKind.Acquire:
                HolderRules.BeginHold(ref step, write, lease);
                break;
            case WriteKind.Renew:
                HolderRules.Renewed(ref step, write, lease);
                break;
            default:
                LeavingRules.Released(ref step, write);
                break;
        }

        StandbyRules.Accept(ref step, lease);
    }

    private static bool IsReplyTo(in OwnWrite write, in LeaseSnapshot lease) =>
        lease.Mark == write.Write.Mark && lease.Spec with { Extra = write.Write.Spec.Extra } == write.Write.Spec;

    // A conflict settles no earlier write: it may conflict with one of those. It does not settle this write either,
    // in case a proxy sent it twice.
    private static void Refuted(ref Step step, in OwnWrite write)
    {
        ref var state = ref step.State;
        state.Writes.AddUnresolved(write);
        var known = state.View.Knowledge == Knowledge.Present && state.View.Baseline > write.Write.Version;
        if (!known)
            step.WantRead(beforeWriting: true);
        TryAgain(ref step);
    }

    /// <summary>After a conflict: one is answered at once. Several in a row mean that another client writes all the time.</summary>
    public static void TryAgain(ref Step step)
    {
        ref var requests = ref step.State.Requests;
        requests.WriteAt = requests.Failures == 0 ? default : step.Now.Monotonic + step.AfterFailure(retryAfter: null);
        requests.Failures++;
    }

    /// <summary>The write may have committed, or may yet.</summary>
    public static void Unanswered(ref Step step, in OwnWrite write, TimeSpan? retryAfter)
    {
        ref var state = ref step.State;
        state.Writes.AddUnresolved(write);
        var next = step.Now.Monotonic + step.AfterFailure(retryAfter);
        state.Requests.WriteAt = next;
        // A holder simply renews again: if this write committed, the next one conflicts. Any other candidate has to read first.
        if (!state.Hold.Exists)
            step.WantRead(beforeWriting: true, next);
    }
}
