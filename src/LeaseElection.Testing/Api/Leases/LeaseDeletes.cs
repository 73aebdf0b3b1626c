using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Selectors;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>delete and deletecollection.</summary>
internal sealed class LeaseDeletes(LeaseStore store, TimeProvider time)
{
    public ApiAnswer Delete(ApiCall call)
    {
        var key = new LeaseKey(call.Route.Namespace!, call.Route.Name!);
        var preconditions = Preconditions(call);
        StoredLease? gone = null;
        var left = store.Change(key, (_, before, version) =>
        {
            gone = before ?? throw new ApiException(ApiStatus.LeaseNotFound(key.Name));
            Check(preconditions, before);
            return call.IsDryRun ? before : Delete(before, version);
        });
        // Somebody else's finalizers have to go first.
        return left is not null && HasFinalizers(left)
            ? new(200, left.Json)
            : ApiAnswer.Of(ApiStatus.Deleted(key.Name, gone!.Uid).ToJson());
    }

    public ApiAnswer DeleteCollection(ApiCall call)
    {
        var filter = LeaseFilter.Of(call);
        var matching = store.Image.Leases.Values.Where(filter.Matches).ToList();
        foreach (var lease in matching)
        {
            if (!call.IsDryRun)
                store.Change(lease.Key, (_, before, version) => before is null ? null : Delete(before, version));
        }

        var metadata = new JsonObject { ["resourceVersion"] = store.Image.Version.ToString(CultureInfo.InvariantCulture) };
        return ApiAnswer.Of(LeaseReads.ListOf(matching, metadata));
    }

    private static bool HasFinalizers(StoredLease lease) => lease.ToObject()["metadata"]!["finalizers"] is JsonArray { Count: > 0 };

    private static JsonObject? Preconditions(ApiCall call) => call.Body.Length == 0 ? null : call.ReadObject()["preconditions"] as JsonObject;

    private static void Check(JsonObject? preconditions, StoredLease lease)
    {
        if ((string?)preconditions?["uid"] is { } uid && uid != lease.Uid)
            throw new ApiException(ApiStatus.Conflict(lease.Key.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {lease.Uid}"));
        if ((string?)preconditions?["resourceVersion"] is { } version && version != lease.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new ApiException(ApiStatus.Conflict(
                lease.Key.Name, $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {lease.Version}"));
        }
    }

    private StoredLease? Delete(StoredLease lease, long version)
    {
        if (!HasFinalizers(lease))
            return null;
        var marked = lease.ToObject();
        var metadata = marked["metadata"]!.AsObject();
        if (metadata["deletionTimestamp"] is not null)
            return lease;
        metadata["deletionTimestamp"] = Timestamps.Seconds(time.GetUtcNow());
        metadata["deletionGracePeriodSeconds"] = 0;
        return LeaseObjects.Store(lease.Key, marked, version);
    }
}
