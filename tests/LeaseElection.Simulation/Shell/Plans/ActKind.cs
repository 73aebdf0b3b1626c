namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>What user code does at one place.</summary>
internal enum ActKind
{
    /// <summary>What it should.</summary>
    Normal,

    /// <summary>Throws.</summary>
    Throws,

    /// <summary>Awaits for a while, and ignores its token.</summary>
    Waits,

    /// <summary>Awaits for a while with its token, and throws as soon as that is cancelled.</summary>
    Eager,

    /// <summary>Awaits until the world lets it go.</summary>
    Hangs,

    /// <summary>Holds its thread for a while.</summary>
    Blocks,

    /// <summary>Holds its thread until the world lets it go.</summary>
    BlocksForLong,

    /// <summary>Returns before its term ends.</summary>
    ReturnsEarly,
}
