using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>One Lease in the place of another, by an update or a patch.</summary>
internal static class Replacement
{
    /// <summary>The result of it.</summary>
    /// <param name="before">The old one.</param>
    /// <param name="lease">The new one, as it was sent or patched.</param>
    /// <param name="expected">The version that it says it is made from.</param>
    /// <param name="version">The version that it gets.</param>
    /// <exception cref="ApiException">The version is missing (422) or not the old one's (409), or a rule is broken (422).</exception>
    public static Result Of(StoredLease before, JsonObject lease, long? expected, long version)
    {
        if (expected is null)
            throw new ApiException(ApiStatus.NoVersion(before.Key.Name));
        if (expected != before.Version)
            throw new ApiException(ApiStatus.Modified(before.Key.Name));
        var old = before.ToObject()["metadata"]!.AsObject();
        var metadata = lease["metadata"]!.AsObject();
        LeaseRules.KeepSystemFields(metadata, old);
        LeaseRules.ValidateUpdate(lease, old);

        var same = LeaseObjects.Store(before.Key, lease, before.Version);
        // The last finalizer of something that is being deleted: now it goes.
        if (same is { IsBeingDeleted: true } && metadata["finalizers"] is not JsonArray { Count: > 0 })
            return new(200, Stored: null, same);
        // What changes nothing is not written: the version stays.
        return Result.Updated(same.Json.AsSpan().SequenceEqual(before.Json) ? before : LeaseObjects.Store(before.Key, lease, version));
    }
}
