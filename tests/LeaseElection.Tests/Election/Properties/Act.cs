namespace LeaseElection.Tests.Election.Properties;

/// <summary>Something that happens in a random run.</summary>
internal enum ActKind
{
    Advance,
    Freeze,
    HoldWrites,
    CommitAndReply,
    CommitAndLoseReply,
    LoseRequest,
    CommitLate,
    ReplyLate,
    StopWatching,
    StartWatching,
    ReplayOldEvent,
    ExpireWatch,
    ServerDown,
    ServerUp,
    EditLabels,
    Steal,
    Erase,
    EditDuration,
    Reconcile,
    Delete,
    StepDown,
    Pause,
    Resume,
    EndWork,
    FailWork,
    SlowWork,
    StepWall,
    Suspend,
    SeeExpiry,
    Stop,
}

/// <summary>One act: what, to whom, how much.</summary>
internal readonly record struct Act(ActKind Kind, int Who, int Amount);
