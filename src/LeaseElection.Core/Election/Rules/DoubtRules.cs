using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>
/// A write without an answer (design, "Own writes and ambiguous ones"): slow is not dead. It stays open; two reads find out which
/// connection works; and one second write for the same version goes out, of which at most one can take effect.
/// </summary>
internal static class DoubtRules
{
    /// <summary>Doubts the write that was sent last, and says whether a second one may go out beside it now.</summary>
    /// <param name="step">The step.</param>
    /// <param name="deadline">By when an answer must have come to be of use.</param>
    /// <param name="onAnother">Whether the second write must travel on another connection than the first.</param>
    public static bool MaySendSecond(ref Step step, HolderInstant deadline, out bool onAnother)
    {
        Doubt(ref step);
        ref var state = ref step.State;
        var open = state.Writes.Open!.Value;
        var timeout = open.Settings.RequestTimeout;
        var doubt = state.Doubt.Write == open.Id ? state.Doubt : default;
        onAnother = !doubt.OwnAnswered;
        if (state.Writes.OtherOpen is not null || state.Requests.WriteNeedsRead || !step.Reached(state.Requests.WriteAt))
            return false; // Where a second one failed at once, the usual backoff comes before the next.
        if (doubt.OtherAnswered && !doubt.OwnAnswered && step.Reached(open.SentMonotonic + timeout))
            return true;
        return step.Reached(deadline + (timeout * -2)) && step.Reached(open.SentMonotonic + (timeout / 2));
    }

    /// <summary>
    /// After half of RequestTimeout without an answer, reads on the write's connection and on another; once for each write.
    /// </summary>
    public static void Doubt(ref Step step)
    {
        ref var state = ref step.State;
        if (state.Writes.Open is not { } open || state.Doubt.Write == open.Id
            || !step.Reached(open.SentMonotonic + (open.Settings.RequestTimeout / 2)))
            return;
        state.Doubt = new() { Write = open.Id, Stamp = state.View.Stamp };
        step.Do(new(EffectKind.Probe) { Number = open.Id });
        step.Do(new(EffectKind.Probe) { Number = open.Id, OnAnother = true });
    }

    /// <summary>One of the two reads ended.</summary>
    public static void Ended(ref Step step, ElectionInput.ProbeEnded probe)
    {
        ref var doubt = ref step.State.Doubt;
        var isOfThis = doubt.Write == probe.Write;
        if (isOfThis && probe.Outcome is not ReadOutcome.Failed)
        {
            doubt.OwnAnswered |= !probe.OnAnother;
            doubt.OtherAnswered |= probe.OnAnother;
        }

        // No answer is thrown away: an earlier doubt's may show a holder that nothing else has shown (seed 7233).
        ReadRules.Learn(ref step, probe.Outcome, isOfThis ? doubt.Stamp : null);
    }

    /// <summary>A write whose validity is over can bring nothing any more, but may still have committed.</summary>
    public static void CloseExpired(ref Step step)
    {
        ref var writes = ref step.State.Writes;
        while ((Expired(ref step, writes.OtherOpen) ?? Expired(ref step, writes.Open)) is { } late)
        {
            writes.TryClose(late, out var write);
            WriteRules.Unanswered(ref step, write, retryAfter: null);
        }
    }

    private static long? Expired(ref Step step, in OwnWrite? write) =>
        write is { } open && step.Reached(open.ValidUntil) ? open.Id : null;
}
