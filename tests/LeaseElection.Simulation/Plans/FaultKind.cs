namespace LeaseElection.Simulation.Plans;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>Requests of one replica are lost, and so is what the server says.</summary>
    CutOff,

    /// <summary>Requests are lost; the watch goes on.</summary>
    LoseRequests,

    /// <summary>Requests arrive; replies and watch events are lost.</summary>
    LoseReplies,

    /// <summary>Replies take up to somewhat more than the timeout.</summary>
    SlowReplies,

    /// <summary>Requests take up to several timeouts to arrive: what nobody waits for any more commits.</summary>
    LateRequests,

    /// <summary>Something on the way sends requests twice.</summary>
    DoubledRequests,

    /// <summary>The API server is down: refuses all, ends all watches.</summary>
    ServerDown,

    /// <summary>The API server answers 500 now and then, before or after it did what was asked.</summary>
    ServerFails,

    /// <summary>The API server refuses everybody: 403.</summary>
    Forbidden,

    /// <summary>The process stands still; its clocks go on.</summary>
    Freeze,

    /// <summary>The machine stands still and its monotonic clock with it; the wall clock jumps afterwards.</summary>
    Suspend,

    /// <summary>The thread pool is blocked: the loop does not run, other threads do.</summary>
    Starve,

    /// <summary>The process is killed; another one starts at the end.</summary>
    Crash,

    /// <summary>The process is told to stop; another one starts at the end.</summary>
    Stop,

    StepDown,

    /// <summary>An operator pauses the replica, and resumes it at the end.</summary>
    Pause,

    /// <summary>The wall clock is set, forwards or back.</summary>
    WallClockStep,

    /// <summary>The wall clock is set forward, and back just when the next term begins.</summary>
    WallClockStepsBackAtTerm,

    /// <summary>The watch tells nothing; its connection stays.</summary>
    WatchStall,

    /// <summary>The watch's connection breaks.</summary>
    WatchBreak,

    /// <summary>It breaks, and the next one tells old events again.</summary>
    WatchReplay,

    /// <summary>What the watch tells is late.</summary>
    WatchLag,

    /// <summary>The server forgets its history, and all watches break: 410.</summary>
    Compact,

    /// <summary>Somebody deletes the Lease.</summary>
    Delete,

    /// <summary>Somebody deletes the Lease, and another elector creates it again.</summary>
    DeleteAndTake,

    /// <summary>Somebody writes another holder into the record, and leaves the rest.</summary>
    Steal,

    /// <summary>An elector of another kind takes the Lease by force, in its usual form.</summary>
    Seize,

    /// <summary>The holder is erased from the record.</summary>
    Erase,

    /// <summary>The whole spec is erased; annotations stay.</summary>
    EraseSpec,

    /// <summary>The duration is set to a second, or to nothing.</summary>
    Shorten,

    /// <summary>An older record is put back.</summary>
    PutBack,

    EditLabels,

    /// <summary>The work of the replica's next terms fails.</summary>
    WorkFails,

    /// <summary>It returns by itself.</summary>
    WorkCompletes,

    /// <summary>It takes longer to stop than it may.</summary>
    WorkLingers,

    /// <summary>A candidate by client-go's rules joins; it leaves at the end, gracefully or not.</summary>
    ClientGo,

    /// <summary>All connections of watches are gone, and nobody is told.</summary>
    WatchesDie,

    /// <summary>The leader is killed just before the calm, and comes back only when another must have led.</summary>
    LeaderDies,

    /// <summary>Somebody writes another renewTime into the record.</summary>
    Retime,

    /// <summary>Somebody writes the name of a replica into the record that it does not hold.</summary>
    Impersonate,

    /// <summary>The mark is erased, spoilt, or replaced by one that lives longer.</summary>
    EditMark,

    /// <summary>The transitions are erased, or set to what nobody counted to.</summary>
    EditTransitions,

    /// <summary>The duration is set to what is none, or to the longest of all.</summary>
    EditDuration,

    /// <summary>
    /// etcd is gone for longer than any term lasts, and comes back from a backup: an older record, and versions that count from there.
    /// </summary>
    Restore,

    /// <summary>The watch says that it fails, though it works.</summary>
    WatchComplains,

    /// <summary>The server ends one watch as too old, though it is not.</summary>
    WatchExpires,

    /// <summary>The timer of the election fires before it is due.</summary>
    WakesEarly,

    /// <summary>One connection of the replica is silent; another would work.</summary>
    ConnectionDies,

    /// <summary>The API server takes up to 1.6 times a request's time for everything.</summary>
    SlowServer,

    /// <summary>Somebody applies the same manifest of the Lease again and again: its duration, perhaps its transitions.</summary>
    Reconcile,
}
