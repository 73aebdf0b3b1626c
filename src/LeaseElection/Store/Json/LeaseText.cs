namespace LeaseElection.Store.Json;

/// <summary>
/// A Lease's own text, as read. A write keeps all of it, so that labels, other annotations, finalizers, managed fields and fields that are
/// still unknown survive every renewal. Other code sees it only as the opaque rest of a snapshot.
/// </summary>
/// <param name="json">One JSON object, UTF-8; never changed afterwards.</param>
/// <param name="places">Where the values that a write changes stand in it; null where the write has to look for them.</param>
/// <param name="application">The application that it names; null where it names none.</param>
internal sealed class LeaseText(ReadOnlyMemory<byte> json, LeaseJsonOffsets? places, string? application)
{
    public ReadOnlyMemory<byte> Json => json;

    public LeaseJsonOffsets? Places => places;

    public string? Application => application;
}
