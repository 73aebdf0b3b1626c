namespace LeaseElection.Testing.Faults;

/// <summary>What kinds of faults have in common.</summary>
internal static class FaultKinds
{
    /// <summary>Hits requests of any kind, a watch's beginning too.</summary>
    public static bool IsOfRequest(Fault fault) => fault.Kind < FaultKind.StallWatch;

    /// <summary>The same for a watch: its answer is a stream of events, which has kinds of its own for being spoiled.</summary>
    public static bool IsOfWatchRequest(Fault fault) =>
        IsOfRequest(fault) && fault.Kind is not (FaultKind.Garbage or FaultKind.Truncate or FaultKind.Oversize);

    /// <summary>Hits a watch as a whole, once.</summary>
    public static bool IsOfWatch(Fault fault) => fault.Kind is FaultKind.StallWatch or FaultKind.EndWatch or FaultKind.WatchError;

    /// <summary>Hits one event of a watch.</summary>
    public static bool IsOfEvent(Fault fault) => fault.Kind > FaultKind.WatchError;
}
