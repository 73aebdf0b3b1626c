namespace LeaseElection;

/// <summary>Why a <see cref="LeadershipTerm"/> ended.</summary>
public enum TermEndReason
{
    /// <summary>The elector or its host was stopped.</summary>
    Stopped,

    /// <summary><see cref="ILeaderElection.StepDown"/> was called.</summary>
    SteppedDown,

    /// <summary>No renewal succeeded in time: the term was over at the send time of the last successful write + RenewDeadline.</summary>
    DeadlinePassed,

    /// <summary>Another holder stands in the Lease.</summary>
    Superseded,

    /// <summary>A client deleted the Lease.</summary>
    LeaseDeleted,

    /// <summary>Another client changed the Lease's spec (erased the holder, changed the duration), without becoming its holder.</summary>
    LeaseEdited,

    /// <summary>The work failed by itself.</summary>
    WorkFailed,

    /// <summary>The work returned by itself, and <see cref="LeaderElectionOptions.WhenWorkCompletes"/> says to resign then.</summary>
    WorkCompleted,

    /// <summary><see cref="ILeaderElection.Pause"/> was called.</summary>
    Paused,
}
