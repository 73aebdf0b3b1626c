using LeaseElection.Election.Inputs;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.State;

/// <summary>
/// Our hold on the Lease: from the confirmed acquire until it is released or lost. The term ends earlier when we leave (S5).
/// </summary>
internal struct Hold
{
    public bool Exists { get; set; }

    public string Uid { get; set; }

    /// <summary>Gets or sets the Lease's version: that of our last write, or of a later edit of labels.</summary>
    public long Version { get; set; }

    /// <summary>
    /// Gets or sets the spec that the next write builds on: that of our last confirmed write, and what others edited since.
    /// </summary>
    public LeaseSpec Spec { get; set; }

    public string Mark { get; set; }

    public object? Rest { get; set; }

    /// <summary>Gets or sets the moment at which the hold is lost: send of the last confirmed write + RenewDeadline (S2).</summary>
    public HolderInstant ValidUntil { get; set; }

    /// <summary>Gets or sets the renewTime last sent, confirmed or not: the next one must be greater.</summary>
    public MicroTime LastStamp { get; set; }

    public MonotonicInstant LastStampAt { get; set; }

    /// <summary>Gets or sets the earliest moment of the next renewal that answers somebody's edit.</summary>
    public MonotonicInstant NextExtraRenewal { get; set; }

    /// <summary>Gets or sets the settings that the term began with.</summary>
    public ElectionSettings Settings { get; set; }

    /// <summary>Gets or sets when, after leaving of our own will, the work should have ended.</summary>
    public MonotonicInstant DrainUntil { get; set; }

    /// <summary>Gets or sets a value indicating whether the Lease is left to expire instead of being released.</summary>
    public bool LeaveUnreleased { get; set; }

    /// <summary>Gets or sets when to give up the release; null until the work has ended.</summary>
    public MonotonicInstant? ReleaseUntil { get; set; }
}
