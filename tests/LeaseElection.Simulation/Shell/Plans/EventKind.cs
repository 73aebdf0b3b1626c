namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>What happens to a host, to its Lease, or on the way between them.</summary>
internal enum EventKind
{
    StepDown,
    Pause,
    Resume,

    /// <summary>Its StopAsync, with a token that is cancelled after a while (zero: never).</summary>
    Stop,
    StopApplication,
    DisposeAsync,
    Dispose,

    /// <summary>Its service provider is disposed of, as by <c>using var provider</c>.</summary>
    DisposeProvider,

    /// <summary>The process dies.</summary>
    Kill,

    /// <summary>A new host in the place of one that was stopped or disposed of, in the same process.</summary>
    StartAnew,
    DeleteLease,
    EditHolder,
    EraseHolder,

    /// <summary>Nobody reaches the server for a while.</summary>
    Outage,

    /// <summary>One host does not reach it.</summary>
    CutOff,

    /// <summary>Its next write is answered 500, and not applied.</summary>
    Error,

    /// <summary>The wall clock jumps by more than RenewDeadline, as after a suspend: every term is over then.</summary>
    WallJump,

    /// <summary>Its next write is applied, and never answered.</summary>
    LostReply,
}
