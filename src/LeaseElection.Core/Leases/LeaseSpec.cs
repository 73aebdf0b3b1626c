namespace LeaseElection.Leases;

/// <summary>
/// The whole spec of a Lease, as values. Two records are the same only when every field is: that is what makes a record
/// "exactly ours" and what restarts a standby's wait (S3).
/// </summary>
internal readonly record struct LeaseSpec
{
    public string? HolderIdentity { get; init; }

    public int? LeaseDurationSeconds { get; init; }

    public LeaseTime? AcquireTime { get; init; }

    public LeaseTime? RenewTime { get; init; }

    public int? LeaseTransitions { get; init; }

    /// <summary>
    /// Gets the fields that we neither know nor change (<c>strategy</c>, <c>preferredHolder</c>, later ones) as the JSON object's
    /// text, in the order in which they were read; null when there are none.
    /// </summary>
    public string? Extra { get; init; }

    public bool HasHolder => !string.IsNullOrEmpty(HolderIdentity);
}
