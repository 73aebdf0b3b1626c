namespace LeaseElection.Store.Json;

/// <summary>
/// A Lease's own text, as read: what a write keeps of it. The whole of it, so that labels, other annotations, finalizers, managed
/// fields and fields that nobody has thought of yet survive every renewal. Others see it only as the opaque rest of a snapshot.
/// </summary>
/// <param name="json">One JSON object, UTF-8; never changed afterwards.</param>
/// <param name="places">Where in it what a write changes stands; null where it has to be looked for.</param>
internal sealed class LeaseText(ReadOnlyMemory<byte> json, LeaseJsonOffsets? places)
{
    public ReadOnlyMemory<byte> Json => json;

    public LeaseJsonOffsets? Places => places;
}
