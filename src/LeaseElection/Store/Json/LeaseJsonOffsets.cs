using System.Runtime.InteropServices;
using System.Text.Json;

namespace LeaseElection.Store.Json;

/// <summary>
/// Where the four values that every write changes stand in a Lease's text, in the order of the text: a renewal copies what is between them,
/// and need not parse the text again.
/// </summary>
internal readonly record struct LeaseJsonOffsets(Range Uid, Range Version, Range Mark, Range Spec)
{
    /// <summary>Finds the places.</summary>
    /// <param name="lease">The Lease as parsed; places count from its first byte.</param>
    /// <returns>Null where one is missing, or where the order is not kube-apiserver's.</returns>
    public static LeaseJsonOffsets? Find(JsonElement lease)
    {
        var metadata = lease.GetObject("metadata"u8);
        if (metadata?.Get("uid"u8) is not { } uid || metadata.Value.Get("resourceVersion"u8) is not { } version
            || metadata.Value.GetObject("annotations"u8)?.Get(LeaseJson.MarkName) is not { } mark || lease.Get("spec"u8) is not { } spec)
            return null;
        var text = JsonMarshal.GetRawUtf8Value(lease);
        if (PlaceOf(uid, text) is not { } uidAt
            || PlaceOf(version, text) is not { } versionAt
            || PlaceOf(mark, text) is not { } markAt
            || PlaceOf(spec, text) is not { } specAt)
            return null;
        var found = new LeaseJsonOffsets(uidAt, versionAt, markAt, specAt);
        return IsBefore(found.Uid, found.Version) && IsBefore(found.Version, found.Mark) && IsBefore(found.Mark, found.Spec) ? found : null;
    }

    private static Range? PlaceOf(JsonElement value, ReadOnlySpan<byte> text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return text.Overlaps(raw, out var start) ? start..(start + raw.Length) : null;
    }

    private static bool IsBefore(Range first, Range second) => first.End.Value <= second.Start.Value;
}
