using LeaseElection.Election.Time;

namespace LeaseElection.Election.State;

/// <summary>The leader's work. No new term begins while it runs (S6).</summary>
internal struct Work
{
    public bool Running { get; set; }

    public MonotonicInstant StartedAt { get; set; }

    /// <summary>Gets or sets the policy of the term that it belongs to.</summary>
    public WorkFailurePolicy WhenItFails { get; set; }

    /// <summary>Gets or sets when work that goes on after a loss is an overrun; counted on its leader's clock.</summary>
    public HolderInstant LossOverrunAt { get; set; }

    public bool OverrunReported { get; set; }

    /// <summary>Gets or sets a value indicating whether a part of it failed by itself.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Gets or sets how often in a row it failed by itself.</summary>
    public int Failures { get; set; }
}
