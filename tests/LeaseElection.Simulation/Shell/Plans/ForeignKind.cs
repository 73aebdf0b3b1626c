namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>Code of the application around the election, and what it does wrong.</summary>
internal enum ForeignKind
{
    /// <summary>A logging provider that throws on its nth line.</summary>
    LoggerThrowsOnNth,

    /// <summary>A logging provider that throws on each line of one kind.</summary>
    LoggerThrowsOnEvent,

    /// <summary>A logging provider that holds the thread on a line of one kind.</summary>
    LoggerBlocksOnEvent,

    /// <summary>A logging provider that throws once its host is disposed of.</summary>
    LoggerThrowsWhenDisposed,

    MeterListenerThrows,

    MeterListenerBlocks,

    StartedCallbackThrows,

    StartedCallbackBlocks,

    StoppingCallbackThrows,

    StoppingCallbackBlocks,

    /// <summary>Somebody who follows WatchAsync and holds the thread.</summary>
    ObserverBlocks,

    /// <summary>A callback on the term's token, or on those of its parts, that throws.</summary>
    TokenCallbackThrows,

    TokenCallbackBlocks,

    /// <summary>Another service whose StartAsync waits for leadership, which cannot come before the host has started.</summary>
    StartWaitsForLeadership,

    /// <summary>The host is started inside of an Activity.</summary>
    StartedInAnActivity,
}
