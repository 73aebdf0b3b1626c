namespace LeaseElection.Testing.Storage;

/// <summary>A change: from what, to what, at which version. A create has no before, a delete no after.</summary>
internal sealed record StoreEvent(long Version, StoredLease? Before, StoredLease? After)
{
    public LeaseKey Key => (After ?? Before)!.Key;
}
