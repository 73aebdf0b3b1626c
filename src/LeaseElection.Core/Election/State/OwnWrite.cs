using LeaseElection.Election.Inputs;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.State;

/// <summary>A write that we sent. Its send time is from before the request left: a term counts from there, never from the reply (S2).</summary>
internal readonly record struct OwnWrite
{
    public required long Id { get; init; }

    public required WriteKind Kind { get; init; }

    /// <summary>Gets the number of the term that it belongs to; an acquire opens the next one and has none yet.</summary>
    public required long Term { get; init; }

    public required LeaseWrite Write { get; init; }

    public required HolderInstant Sent { get; init; }

    public required MonotonicInstant SentMonotonic { get; init; }

    /// <summary>Gets the settings that it was made with: a term keeps those.</summary>
    public required ElectionSettings Settings { get; init; }

    /// <summary>
    /// Gets a value indicating whether its precondition no longer says that nobody else has held the Lease since: a create, once a Lease was
    /// seen after it was sent (it may land after that one's deletion); an update, once a newer record was; and any write when etcd was restored (versions come again). Should
    /// it land, its record counts as foreign.
    /// </summary>
    public bool Overtaken { get; init; }

    /// <summary>
    /// Gets a value indicating whether its Lease is known to be gone since: an update that took effect did so before, and though its record is
    /// ours, no term begins from it. Of a create nobody can tell; it may be what stands there next.
    /// </summary>
    public bool LeaseIsGone { get; init; }

    public HolderInstant ValidUntil => Sent + Settings.RenewDeadline;

    /// <summary>Whether the record is exactly this write: the whole spec and the mark, of the same Lease.</summary>
    public bool Is(in LeaseSnapshot lease) =>
        lease.Spec == Write.Spec && lease.Mark == Write.Mark && (Write.IsCreate || lease.Uid == Write.Uid);
}
