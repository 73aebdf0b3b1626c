using LeaseElection.Election.Inputs;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Tests.Election.Properties;

/// <summary>
/// What the oracle keeps of one candidate: what that was told and what it did, and nothing of what it thinks but its hold.
/// </summary>
internal sealed class EffectBook(Candidate candidate)
{
    public Sighting Sighting { get; } = new(candidate.Settings.LeaseDuration);

    public List<(LeaseWrite Write, HolderInstant Sent)> Writes { get; } = [];

    /// <summary>Gets the numbers of the writes that have no answer yet.</summary>
    public HashSet<long> Open { get; } = [];

    public long LastTerm { get; set; }

    public Moment Now { get; set; }

    public ElectionInput? Input { get; set; }

    /// <summary>Gets or sets how many effects this step has had so far.</summary>
    public int Effects { get; set; }

    public bool Reading { get; set; }

    /// <summary>Gets or sets a value indicating whether the work runs, as far as the machine has been told.</summary>
    public bool Works { get; set; }

    public bool Stopping { get; set; }

    public bool Paused { get; set; }

    public bool Finished { get; set; }

    /// <summary>Gets or sets a value indicating whether an earlier step finished it.</summary>
    public bool WasFinished { get; set; }

    /// <summary>Gets or sets by when an overrun of the work has to be reported.</summary>
    public HolderInstant? OverrunAt { get; set; }

    // After a term's end of our own will we hold on until the release.
    public bool Holds => candidate.State.Hold.Exists && candidate.Holder < candidate.State.Hold.ValidUntil;
}
