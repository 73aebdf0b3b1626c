namespace FailoverDemo.Story;

/// <summary>What a replica does at a moment.</summary>
internal enum ReplicaState
{
    /// <summary>Before the demo began.</summary>
    Unknown,

    Stopped,

    Standby,

    Leading,

    /// <summary>Frozen, and its term still runs: no other replica can lead yet.</summary>
    LeadingFrozen,

    /// <summary>Frozen, and leading no more.</summary>
    Frozen,
}
