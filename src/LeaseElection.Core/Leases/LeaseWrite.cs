namespace LeaseElection.Leases;

/// <summary>A write to be sent: the record, and the only precondition under which it may take effect (S4).</summary>
internal readonly record struct LeaseWrite
{
    public required LeaseSpec Spec { get; init; }

    public required string Mark { get; init; }

    /// <summary>Gets the uid that the Lease must have; null to create one where there is none.</summary>
    public string? Uid { get; init; }

    /// <summary>Gets the version that the Lease must have; 0 to create one where there is none.</summary>
    public long Version { get; init; }

    /// <summary>Gets the rest of the Lease that the write is based on, as the store gave it; null on create.</summary>
    public object? Rest { get; init; }

    /// <summary>Gets a value indicating whether to send it on another connection than the last write's, which does not answer.</summary>
    public bool OnAnother { get; init; }

    public bool IsCreate => Uid is null;
}
