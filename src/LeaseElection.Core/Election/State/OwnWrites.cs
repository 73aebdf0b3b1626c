using System.Collections.Immutable;
using LeaseElection.Leases;

namespace LeaseElection.Election.State;

/// <summary>
/// Every write of ours that may stand in the Lease: the one in flight, those whose outcome is unknown, and the last confirmed one.
/// Forgetting a write is always safe: its record then counts as foreign, and we wait for it (S3).
/// </summary>
internal struct OwnWrites
{
    // Far more than any sensible RenewDeadline allows. The bound keeps an outage with absurd settings from using up the memory.
    private const int MostUnresolved = 64;

    private ImmutableArray<OwnWrite> _unresolved;
    private OwnWrite _confirmed;
    private bool _hasConfirmed;

    public long LastId { get; set; }

    /// <summary>Gets the request under way; null when there is none. One at a time.</summary>
    public OwnWrite? InFlight { get; private set; }

    /// <summary>Gets a value indicating whether the request that is under way is known to have committed, ahead of its reply.</summary>
    public bool InFlightConfirmed { get; private set; }

    /// <summary>Gets a value indicating whether the outcome of an acquire is unknown: it may still make us the holder.</summary>
    public readonly bool MayHaveAcquired => Unresolved.Any(static w => w.Kind == WriteKind.Acquire);

    private readonly ImmutableArray<OwnWrite> Unresolved => _unresolved.IsDefault ? [] : _unresolved;

    public void Send(in OwnWrite write)
    {
        InFlight = write;
        InFlightConfirmed = false;
    }

    /// <summary>Ends the request under way.</summary>
    /// <returns>It, and whether it was confirmed ahead of its reply.</returns>
    public (OwnWrite Write, bool Confirmed) Answer()
    {
        var answered = (InFlight!.Value, InFlightConfirmed);
        InFlight = null;
        return answered;
    }

    /// <summary>Remembers a write that may have committed, or may yet commit.</summary>
    public void AddUnresolved(in OwnWrite write)
    {
        if (write.Overtaken)
            return;
        var kept = Unresolved;
        _unresolved = (kept.Length == MostUnresolved ? kept.RemoveAt(0) : kept).Add(write);
    }

    /// <summary>Finds the unresolved write (or the one in flight) that this record is; null when it is none of them.</summary>
    public readonly OwnWrite? FindUnconfirmed(in LeaseSnapshot lease)
    {
        if (InFlight is { Overtaken: false } flying && !InFlightConfirmed && flying.Is(lease))
            return flying;
        foreach (var write in Unresolved)
        {
            if (write.Is(lease))
                return write;
        }

        return null;
    }

    public readonly bool IsConfirmed(in LeaseSnapshot lease) => _hasConfirmed && _confirmed.Is(lease);

    public void Confirm(in OwnWrite write)
    {
        _confirmed = write;
        _hasConfirmed = true;
        // Once only: seeing the same record again begins and extends nothing.
        if (Unresolved.Length > 0)
            Resolve(write.Id);
        if (InFlight is { } flying && flying.Id == write.Id)
            InFlightConfirmed = true;
    }

    /// <summary>Somebody edited the confirmed record, and our term goes on under it: it still counts as our own.</summary>
    public void ConfirmEdit(in LeaseSpec spec)
    {
        if (_hasConfirmed)
            _confirmed = _confirmed with { Write = _confirmed.Write with { Spec = spec } };
    }

    /// <summary>
    /// A version was seen that is newer than what older updates of ours asked for: they can never take effect any more, and what they may
    /// have done is overwritten. A create asks for no version, and may land after the Lease that was seen is deleted. Another candidate may
    /// lead under that Lease, so the create is overtaken, and its record would count as foreign.
    /// </summary>
    public void Prune(long version)
    {
        if (Unresolved.Length > 0)
            ForgetBefore(version);
        if (InFlight is { } flying && !InFlightConfirmed && (flying.Write.IsCreate || flying.Write.Version < version))
            InFlight = flying with { Overtaken = true };
    }

    /// <summary>The Lease is gone, and no other will ever have its uid: an update that is confirmed from here on is history.</summary>
    public void LeaseIsGone()
    {
        _unresolved = [.. Unresolved.Select(static w => w with { LeaseIsGone = w.LeaseIsGone || !w.Write.IsCreate })];
        if (InFlight is { Write.IsCreate: false } flying)
            InFlight = flying with { LeaseIsGone = true };
    }

    /// <summary>Another client wrote since: if our record ever comes back, an edit or a restored backup brought it.</summary>
    public void ForgetConfirmed() => _hasConfirmed = false;

    public void ForgetAll()
    {
        _unresolved = [];
        _hasConfirmed = false;
        if (InFlight is { } flying)
            InFlight = flying with { Overtaken = true };
    }

    // Methods of their own, because a lambda's captures are allocated where its method begins, even when they are not needed.
    private void Resolve(long id) => _unresolved = Unresolved.RemoveAll(w => w.Id == id);

    private void ForgetBefore(long version) => _unresolved = Unresolved.RemoveAll(w => w.Write.IsCreate || w.Write.Version < version);
}
