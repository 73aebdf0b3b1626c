namespace LeaseElection.Election.Outputs;

/// <summary>What an operator should know and no other effect reports.</summary>
internal enum Notice
{
    None,

    /// <summary>Versions went backwards: etcd was restored from a backup.</summary>
    StoreRestored,

    /// <summary>The Lease was released.</summary>
    Released,

    /// <summary>The release could not be written: the others wait for the lease to expire.</summary>
    ReleaseAbandoned,

    /// <summary>Another client erased the holder, or deleted the Lease: we wait as for a silent holder.</summary>
    HolderErased,

    /// <summary>The Lease carries our identity but is not our write: another process uses the same identity.</summary>
    IdentityShared,

    /// <summary>The watch does not work: polling.</summary>
    Polling,

    /// <summary>The watch works again.</summary>
    Watching,

    /// <summary>Paused: not campaigning until resumed.</summary>
    Paused,

    /// <summary>Campaigning again after a pause.</summary>
    Resumed,
}
