namespace LeaseElection.Election.Outputs;

/// <summary>The kinds of <see cref="Effect"/>.</summary>
internal enum EffectKind
{
    /// <summary>End the term now: not leader any more, token cancelled. Always the first effect of its step (S5).</summary>
    EndTerm,

    /// <summary>A term begins: publish it and start the work.</summary>
    BeginTerm,

    /// <summary>The term's deadline is later now.</summary>
    ExtendTerm,

    /// <summary>Another leader, or none, was seen.</summary>
    SeeLeader,

    /// <summary>Send this write, once.</summary>
    Write,

    /// <summary>Read the Lease from etcd.</summary>
    Read,

    /// <summary>Read once, on the connection of the last write or on another, because a write has no answer.</summary>
    Probe,

    /// <summary>Watch from this version on, instead of any earlier watch.</summary>
    Watch,

    /// <summary>Arm the one timer for this moment, instead of any earlier one.</summary>
    ArmTimer,

    /// <summary>The work runs longer than it may: apply the overrun policy.</summary>
    ReportOverrun,

    /// <summary>The work failed, and the policy is to stop the host.</summary>
    StopHost,

    /// <summary>The caller that asked to stop may stop waiting, though work still runs.</summary>
    ReturnFromStop,

    /// <summary>The election is over here: this candidate holds nothing and runs nothing.</summary>
    Finish,

    /// <summary>Tell the operator.</summary>
    Notify,
}
