namespace LeaseElection.Simulation.Shell.Oracles;

/// <summary>What must not happen, as a user would say it.</summary>
internal enum ShellRule
{
    /// <summary>Two works at once.</summary>
    DoubleRun,

    /// <summary>The Lease was released while a part was at work.</summary>
    GivenUpUnderWork,

    /// <summary>A part failed, and the replica leads on.</summary>
    SilentLeader,

    /// <summary>A part failed, and no line says so.</summary>
    FailureNotLogged,

    /// <summary>The term is over, and a part was not told.</summary>
    NotTold,

    /// <summary>The Lease is held and not renewed, though nothing keeps it from that.</summary>
    NotRenewed,

    /// <summary>A term goes on past its deadline.</summary>
    TermTooLong,

    /// <summary>A term was lost, and nothing in the world explains it.</summary>
    LostWithoutCause,

    /// <summary>An overrun was told of work that had no time to end.</summary>
    OverrunTooSoon,

    /// <summary>Work outlives its term and its time to stop, and nobody says so.</summary>
    OverrunNotTold,

    /// <summary>The host is stopping, and a term goes on.</summary>
    StopNotNoticed,

    /// <summary>A policy says that the host stops, and it was not asked to.</summary>
    HostNotStopped,

    /// <summary>A replica whose work failed led again before the others had their chance.</summary>
    BackoffTooShort,

    /// <summary>The host's stop takes longer than promised.</summary>
    StopHangs,

    /// <summary>A lifecycle hook of a part was not called.</summary>
    HookForgotten,

    /// <summary>A host's start waits for leadership, which comes after it, and nobody says so.</summary>
    SilentHang,

    /// <summary>A part was disposed of while it was at work, twice, or never.</summary>
    Disposal,

    /// <summary>Disposing of the host, or of its services, threw.</summary>
    DisposeThrew,

    /// <summary>The health check does not say what is wrong, or says that something is.</summary>
    Health,

    /// <summary>Requests or work belong to the Activity in which the host was started.</summary>
    Traced,

    /// <summary>User code ran where the clock's ticks are told.</summary>
    ForeignOnTheClock,

    /// <summary>The election broke down.</summary>
    BrokeDown,

    /// <summary>Nothing is wrong any more, and nobody leads.</summary>
    NobodyLeads,

    /// <summary>Something happens without end, or nothing goes on.</summary>
    Storm,
}
