using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>How requests leave the machine. The step's moment is taken before the request is sent, and is its send time (S2, S7).</summary>
internal static class Sending
{
    public static void Acquire(this ref Step step, bool onAnother)
    {
        var write = Composer.Acquire(step.State.View, step.Settings, step.Now) with { OnAnother = onAnother };
        step.State.LastAcquire = (write.Spec.RenewTime!.Value.Micro!.Value, step.Now.Monotonic);
        step.Send(WriteKind.Acquire, write, step.Settings, step.Settings.RenewDeadline);
    }

    public static void Renew(this ref Step step, bool onAnother)
    {
        var write = Composer.Renew(step.State.Hold, step.Now) with { OnAnother = onAnother };
        step.SendAsHolder(WriteKind.Renew, write, step.State.Hold.Settings.RenewDeadline);
    }

    public static void Release(this ref Step step, bool onAnother)
    {
        var write = Composer.Release(step.State.Hold, step.Now) with { OnAnother = onAnother };
        step.SendAsHolder(WriteKind.Release, write, step.State.Hold.ReleaseUntil!.Value - step.Now.Monotonic);
    }

    public static void Read(this ref Step step)
    {
        ref var requests = ref step.State.Requests;
        requests.Reading = true;
        requests.ReadStamp = step.State.View.Stamp;
        step.Do(new(EffectKind.Read));
    }

    /// <summary>Asks for a read, at once or at the given moment.</summary>
    public static void WantRead(this ref Step step, bool beforeWriting, MonotonicInstant at = default)
    {
        ref var requests = ref step.State.Requests;
        requests.ReadAt = requests.ReadWanted ? MonotonicInstant.Min(requests.ReadAt, at) : at;
        requests.ReadWanted = true;
        requests.WriteNeedsRead |= beforeWriting;
    }

    private static void SendAsHolder(this ref Step step, WriteKind kind, in LeaseWrite write, TimeSpan timeout)
    {
        ref var hold = ref step.State.Hold;
        hold.LastStamp = write.Spec.RenewTime!.Value.Micro!.Value;
        hold.LastStampAt = step.Now.Monotonic;
        step.Send(kind, write, hold.Settings, timeout);
    }

    private static void Send(this ref Step step, WriteKind kind, in LeaseWrite write, ElectionSettings settings, TimeSpan timeout)
    {
        ref var state = ref step.State;
        var own = new OwnWrite
        {
            Id = ++state.Writes.LastId,
            Kind = kind,
            Term = state.Term.Number,
            Write = write,
            Sent = step.Now.Holder,
            SentMonotonic = step.Now.Monotonic,
            Stamp = state.View.Stamp,
            Settings = settings,
        };
        state.Writes.Send(own);
        step.Do(new(EffectKind.Write) { Number = own.Id, Write = write, Timeout = timeout });
    }
}
