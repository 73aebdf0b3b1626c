using System.Collections.Immutable;
using LeaseElection.Leases;

namespace LeaseElection.Election.State;

/// <summary>
/// Every write of ours that may stand in the Lease: those that are open (sent, and not yet answered), those whose outcome is unknown, and
/// the last confirmed one. Forgetting a write is always safe: its record then counts as foreign, and we wait for it (S3).
/// </summary>
internal struct OwnWrites
{
    // Far more than any sensible RenewDeadline allows. The bound keeps an outage with absurd settings from using up the memory.
    private const int MostUnresolved = 64;

    private ImmutableArray<OwnWrite> _unresolved;
    private OwnWrite _confirmed;
    private bool _hasConfirmed;

    public long LastId { get; set; }

    /// <summary>
    /// Gets the open write that was sent last; null when none is open. An answer counts, with the send time of its own write, until the
    /// write's validity is over or a newer version than it asked for is known.
    /// </summary>
    public OwnWrite? Open { get; private set; }

    /// <summary>Gets the other open write, for the same version; null when there is none. There is never a third.</summary>
    public OwnWrite? OtherOpen { get; private set; }

    /// <summary>Gets a value indicating whether the outcome of an acquire is unknown: it may still make us the holder.</summary>
    public readonly bool MayHaveAcquired => Unresolved.Any(static w => w.Kind == WriteKind.Acquire);

    /// <summary>Gets a value indicating whether an acquire is open.</summary>
    public readonly bool IsAcquiring => Open is { Kind: WriteKind.Acquire } || OtherOpen is { Kind: WriteKind.Acquire };

    private readonly ImmutableArray<OwnWrite> Unresolved => _unresolved.IsDefault ? [] : _unresolved;

    public void Send(in OwnWrite write)
    {
        if (OtherOpen is not null)
            throw new InvalidOperationException("A third write beside two open ones.");
        (Open, OtherOpen) = (write, Open);
    }

    /// <summary>Closes the open write with this number.</summary>
    /// <returns>False when none has it: its answer is of no use any more.</returns>
    public bool TryClose(long id, out OwnWrite write)
    {
        if (Open is { } last && last.Id == id)
        {
            (write, Open, OtherOpen) = (last, OtherOpen, null);
            return true;
        }

        if (OtherOpen is { } other && other.Id == id)
        {
            (write, OtherOpen) = (other, null);
            return true;
        }

        write = default;
        return false;
    }

    /// <summary>Remembers a write that may have committed, or may yet commit.</summary>
    public void AddUnresolved(in OwnWrite write)
    {
        var kept = Unresolved;
        _unresolved = (kept.Length == MostUnresolved ? kept.RemoveAt(0) : kept).Add(write);
    }

    /// <summary>Finds the open or unresolved write that this record is; null when it is none of them.</summary>
    public readonly OwnWrite? FindUnconfirmed(in LeaseSnapshot lease)
    {
        if (Open is { } last && last.Is(lease))
            return last;
        if (OtherOpen is { } other && other.Is(lease))
            return other;
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
        TryClose(write.Id, out _);
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
    /// lead under that Lease, so the create is forgotten, and its record would count as foreign.
    /// </summary>
    public void Prune(long version)
    {
        if (Unresolved.Length > 0)
            ForgetBefore(version);
        if (OtherOpen is { } other && IsOvertaken(other, version))
            OtherOpen = null;
        if (Open is { } last && IsOvertaken(last, version))
            (Open, OtherOpen) = (OtherOpen, null);
    }

    /// <summary>The Lease is gone, and no other will ever have its uid: an update that is confirmed from here on is history.</summary>
    public void LeaseIsGone()
    {
        _unresolved = [.. Unresolved.Select(Gone)];
        Open = Open is { } last ? Gone(last) : null;
        OtherOpen = OtherOpen is { } other ? Gone(other) : null;
    }

    /// <summary>Another client wrote since: if our record ever comes back, an edit or a restored backup brought it.</summary>
    public void ForgetConfirmed() => _hasConfirmed = false;

    public void ForgetAll()
    {
        _unresolved = [];
        _hasConfirmed = false;
        (Open, OtherOpen) = (null, null);
    }

    private static bool IsOvertaken(in OwnWrite write, long version) => write.Write.IsCreate || write.Write.Version < version;

    private static OwnWrite Gone(OwnWrite write) => write with { LeaseIsGone = write.LeaseIsGone || !write.Write.IsCreate };

    // Methods of their own, because a lambda's captures are allocated where its method begins, even when they are not needed.
    private void Resolve(long id) => _unresolved = Unresolved.RemoveAll(w => w.Id == id);

    private void ForgetBefore(long version) => _unresolved = Unresolved.RemoveAll(w => IsOvertaken(w, version));
}
