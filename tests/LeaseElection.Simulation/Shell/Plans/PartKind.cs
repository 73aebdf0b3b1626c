namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>What a part of the leader's work is made as.</summary>
internal enum PartKind
{
    /// <summary>A BackgroundService.</summary>
    Background,

    /// <summary>A BackgroundService with lifecycle hooks.</summary>
    BackgroundWithHooks,

    /// <summary>A service that works by itself from its start until its stop, or its disposal.</summary>
    Timer,

    /// <summary>The same with lifecycle hooks.</summary>
    TimerWithHooks,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A function that works on a thread of its own, which looks at its token.</summary>
    FunctionOnAThread,
}
