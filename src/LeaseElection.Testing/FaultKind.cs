namespace LeaseElection.Testing;

/// <summary>What goes wrong; each kind is explained at its factory in <see cref="Fault"/>.</summary>
internal enum FaultKind
{
    DelayBefore,
    DelayAfter,
    HoldBefore,
    HoldAfter,
    Reset,
    LoseReply,
    BlackHole,
    BlackHoleAfter,
    Status,
    Garbage,
    Truncate,
    Oversize,
    StallWatch,
    EndWatch,
    WatchError,
    DuplicateEvents,
    ReorderEvents,
    GarbageEvents,
}
