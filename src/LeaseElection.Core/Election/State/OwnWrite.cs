using LeaseElection.Election.Inputs;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.State;

/// <summary>
/// A write that we sent. Its send time is taken before the request leaves: a term counts from there, never from the reply (S2).
/// </summary>
internal readonly record struct OwnWrite
{
    public required long Id { get; init; }

    public required WriteKind Kind { get; init; }

    /// <summary>Gets the number of the term that it belongs to; an acquire opens the next one and has none yet.</summary>
    public required long Term { get; init; }

    public required LeaseWrite Write { get; init; }

    public required HolderInstant Sent { get; init; }

    public required MonotonicInstant SentMonotonic { get; init; }

    /// <summary>Gets the view's stamp when it was sent: it shows whether anything was learned since.</summary>
    public long Stamp { get; init; }

    /// <summary>Gets the settings that it was made with: a term keeps those.</summary>
    public required ElectionSettings Settings { get; init; }

    /// <summary>
    /// Gets a value indicating whether its Lease is known to be gone. An update that took effect did so before the deletion: its record is
    /// ours, but no term begins from it. A create may still land, so it is not marked.
    /// </summary>
    public bool LeaseIsGone { get; init; }

    public HolderInstant ValidUntil => Sent + Settings.RenewDeadline;

    /// <summary>Whether the record is exactly this write: the whole spec and the mark, of the same Lease.</summary>
    public bool Is(in LeaseSnapshot lease) =>
        lease.Spec == Write.Spec && lease.Mark == Write.Mark && (Write.IsCreate || lease.Uid == Write.Uid);
}
