using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;

namespace LeaseElection.Election.Rules;

/// <summary>One step of the machine: what the rules read, change and ask for.</summary>
internal ref struct Step(ref ElectionState state, Moment now, ElectionSettings settings, Effects effects)
{
    public readonly ref ElectionState State = ref state;

    private MonotonicInstant _wakeAt = MonotonicInstant.Never;

    public readonly Moment Now => now;

    public readonly ElectionSettings Settings => settings;

    /// <summary>Gets the earliest moment for which a rule waits.</summary>
    public readonly MonotonicInstant WakeAt => _wakeAt;

    public readonly void Do(in Effect effect) => effects.Add(effect);

    public readonly void Notify(Notice notice) => effects.Add(new Effect(EffectKind.Notify) { Notice = notice });

    /// <summary>Whether a moment has come; if not, the timer will be armed for it.</summary>
    public bool Reached(MonotonicInstant due)
    {
        if (now.Monotonic >= due)
            return true;
        _wakeAt = MonotonicInstant.Min(_wakeAt, due);
        return false;
    }

    /// <summary>The same on the holder's clock, which never runs behind the monotonic one: the timer may fire late, never early.</summary>
    public bool Reached(HolderInstant due) => now.Holder >= due || Reached(now.Monotonic + (due - now.Holder));
}
