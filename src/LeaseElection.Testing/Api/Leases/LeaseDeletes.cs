using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Options;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Api.Selectors;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>delete and deletecollection.</summary>
internal sealed class LeaseDeletes(LeaseStore store, TimeProvider time)
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";

    public ApiAnswer Delete(ApiCall call)
    {
        var options = DeleteOptions.Of(call);
        var key = new LeaseKey(call.Route.Namespace!, call.Route.Name!);
        StoredLease? gone = null, left = null;
        store.Change(key, (_, before, version) =>
        {
            gone = before ?? throw new ApiException(ApiStatus.LeaseNotFound(key.Name));
            Check(options, before);
            left = Delete(before, version, options);
            return options.IsDryRun ? before : left;
        });
        // Somebody else's finalizers have to go first.
        return left is not null ? new(200, left.Json) : ApiAnswer.Of(ApiStatus.Deleted(key.Name, gone!.Uid).ToJson());
    }

    public ApiAnswer DeleteCollection(ApiCall call)
    {
        var options = DeleteOptions.Of(call);
        var filter = LeaseFilter.Of(call);
        var image = store.Image;
        var matching = image.Leases.Values.Where(filter.Matches).ToList();
        foreach (var lease in matching)
        {
            if (!options.IsDryRun)
                store.Change(lease.Key, (_, before, version) => before is null ? null : Delete(before, version, options));
        }

        var metadata = new JsonObject { ["resourceVersion"] = image.Version.ToString(CultureInfo.InvariantCulture) };
        return ApiAnswer.Of(LeaseReads.ListOf(matching, metadata));
    }

    private static void Check(DeleteOptions options, StoredLease lease)
    {
        if (options.Uid is { } uid && uid != lease.Uid)
        {
            throw Refused(lease, $"the UID in the precondition ({uid}) does not match the UID in record ({lease.Uid}). "
                + "The object might have been deleted and then recreated");
        }

        if (options.Version is { } version && version != lease.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw Refused(lease, $"the ResourceVersion in the precondition ({version}) does not match "
                + $"the ResourceVersion in record ({lease.Version}). "
                + "The object might have been modified");
        }
    }

    private static ApiException Refused(StoredLease lease, string why) => new(ApiStatus.DeleteConflict(lease.Key.Name, why));

    // null: nothing keeps it.
    private StoredLease? Delete(StoredLease lease, long version, DeleteOptions options)
    {
        var marked = lease.ToObject();
        var metadata = marked["metadata"]!.AsObject();
        List<string> before = [.. (metadata["finalizers"] as JsonArray ?? []).Select(f => (string)f!)];
        List<string> after = options.Propagation switch
        {
            null => before,
            "Orphan" => [.. before.Where(f => f is not (Orphan or Foreground)), Orphan],
            "Foreground" => [.. before.Where(f => f is not (Orphan or Foreground)), Foreground],
            _ => [.. before.Where(f => f is not (Orphan or Foreground))],
        };
        if (after.Count == 0)
            return null;
        if (metadata["deletionTimestamp"] is not null && after.SequenceEqual(before))
            return lease;
        metadata["finalizers"] = new JsonArray([.. after.Select(f => (JsonNode)f)]);
        metadata["deletionTimestamp"] ??= Timestamps.Seconds(time.GetUtcNow());
        metadata["deletionGracePeriodSeconds"] = 0;
        return LeaseObjects.Store(lease.Key, marked, version);
    }
}
