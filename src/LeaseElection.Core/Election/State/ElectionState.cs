using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.State;

/// <summary>
/// Everything that one candidate knows. A value: a copy is a whole snapshot, so a step is a function of state, input and moment, whatever
/// the caller does with the copy.
/// </summary>
internal struct ElectionState
{
    public Lifecycle Lifecycle;

    public LeaseView View;

    public OwnWrites Writes;

    public Hold Hold;

    public Term Term;

    public Work Work;

    public Requests Requests;

    public Doubt Doubt;

    /// <summary>Do not campaign before this moment: set after the work failed, or after we stepped down.</summary>
    public MonotonicInstant StandAsideUntil;

    /// <summary>Standing aside ends early once another holder was seen (after a step-down, not after a failure).</summary>
    public bool StandAsideForOthers;

    /// <summary>Do not campaign until resumed.</summary>
    public bool Paused;

    /// <summary>When a stop gives up looking for an acquire that may have committed.</summary>
    public MonotonicInstant FarewellUntil;

    public bool StopReturned;

    /// <summary>The renewTime of the acquire that was sent last, and when that was: of two open ones, the earlier may win.</summary>
    public (MicroTime Stamp, MonotonicInstant At) LastAcquire;

    /// <summary>When we last saw our hold erased by somebody else's edit and might take it back.</summary>
    public MonotonicInstant? TookBackAt;

    /// <summary>How often that happened in a row.</summary>
    public int TakenBack;

    /// <summary>The leader that was last reported.</summary>
    public string? ReportedLeader;

    /// <summary>The moment for which the timer is armed.</summary>
    public MonotonicInstant ArmedFor;

    public static ElectionState Initial => new() { ArmedFor = MonotonicInstant.Never };

    /// <summary>Gets a value indicating whether the holder's clock must tick: from an acquiring send to the end of the hold (S7).</summary>
    public readonly bool NeedsTicks =>
        Hold.Exists || Work.Running || Writes.IsAcquiring || Writes.MayHaveAcquired;
}
