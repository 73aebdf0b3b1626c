namespace LeaseElection.Election.State;

/// <summary>Why a standby waits as long as it does; for people.</summary>
internal enum WaitCause
{
    /// <summary>It need not wait.</summary>
    None,

    /// <summary>The record says so.</summary>
    Record,

    /// <summary>The mark says so, which says more than the record.</summary>
    Mark,

    /// <summary>The record names a holder and no duration, so ours counts.</summary>
    OwnDuration,

    /// <summary>The holder was erased, and its mark says so.</summary>
    Erased,

    /// <summary>The Lease was deleted under a holder.</summary>
    Deleted,

    /// <summary>An earlier version of the record said so, or etcd was restored.</summary>
    Earlier,
}
