using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Patches;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>create, update and patch.</summary>
internal sealed class LeaseWrites(LeaseStore store, LeaseRules rules)
{
    public ApiAnswer Create(ApiCall call)
    {
        var lease = LeaseObjects.Decode(call.ReadObject());
        var ns = call.Route.Namespace!;
        var metadata = lease["metadata"]!.AsObject();
        LeaseRules.CheckNamespace(metadata, ns, "the namespace of the provided object does not match the namespace sent on the request");
        if (metadata["resourceVersion"] is not null)
            throw new ApiException(new(500, "", "resourceVersion should not be set on objects to be created"));
        LeaseRules.FillName(metadata);
        var key = new LeaseKey(ns, (string?)metadata["name"] ?? "");
        return Written(call, key, 201, (image, before, version) =>
        {
            LeaseRules.CheckNamespaceExists(image, ns);
            rules.PrepareNew(lease, ns);
            LeaseRules.Validate(lease);
            return before is null ? LeaseObjects.Store(key, lease, version) : throw new ApiException(ApiStatus.LeaseExists(key.Name));
        });
    }

    public ApiAnswer Update(ApiCall call)
    {
        var lease = LeaseObjects.Decode(call.ReadObject());
        var key = new LeaseKey(call.Route.Namespace!, call.Route.Name!);
        var metadata = lease["metadata"]!.AsObject();
        LeaseRules.CheckNameOnUpdate(metadata, key);
        var status = 200;
        return Written(call, key, () => status, (image, before, version) =>
        {
            LeaseRules.CheckNamespaceExists(image, key.Namespace);
            LeaseRules.CheckUid(metadata, before, key.Name);
            if (before is null)
            {
                // An update of what is not there creates it: with the uid in place, the check above has refused that.
                status = 201;
                rules.PrepareNew(lease, key.Namespace);
                LeaseRules.Validate(lease);
                return LeaseObjects.Store(key, lease, version);
            }

            LeaseRules.CheckVersionGiven(lease, key.Name);
            return Replace(before, lease, version);
        });
    }

    public ApiAnswer Patch(ApiCall call)
    {
        var apply = Applier(call);
        var key = new LeaseKey(call.Route.Namespace!, call.Route.Name!);
        return Written(call, key, 200, (_, before, version) =>
        {
            if (before is null)
                throw new ApiException(ApiStatus.LeaseNotFound(key.Name));
            var lease = LeaseObjects.Decode(apply(before.ToObject()) as JsonObject ?? []);
            LeaseRules.CheckNameOnUpdate(lease["metadata"]!.AsObject(), key);
            LeaseRules.CheckUid(lease["metadata"]!.AsObject(), before, key.Name);
            return Replace(before, lease, version);
        });
    }

    private static StoredLease Replace(StoredLease before, JsonObject lease, long version)
    {
        var metadata = lease["metadata"]!.AsObject();
        if (LeaseObjects.VersionOf(metadata) is { } expected && expected != before.Version)
            throw new ApiException(ApiStatus.Modified(before.Key.Name));
        LeaseRules.KeepSystemFields(metadata, before);
        LeaseRules.Validate(lease);
        var same = LeaseObjects.Store(before.Key, lease, before.Version);
        // What changes nothing is not written: the version stays.
        return same.Json.AsSpan().SequenceEqual(before.Json) ? before : LeaseObjects.Store(before.Key, lease, version);
    }

    private static Func<JsonObject, JsonNode?> Applier(ApiCall call)
    {
        Func<JsonNode, JsonNode?, JsonNode?>? apply = call.MediaType switch
        {
            "application/merge-patch+json" => MergePatch.Apply,
            "application/strategic-merge-patch+json" => StrategicMergePatch.Apply,
            "application/json-patch+json" => JsonPatch.Apply,
            _ => null,
        };
        if (apply is null)
        {
            throw new ApiException(ApiStatus.UnsupportedMediaType(
                "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml"));
        }

        JsonNode? patch;
        try
        {
            patch = JsonNode.Parse(call.Body);
        }
        catch (JsonException error)
        {
            throw new ApiException(ApiStatus.BadRequest(error.Message));
        }

        return lease => apply(lease, patch);
    }

    private ApiAnswer Written(ApiCall call, LeaseKey key, int status, Func<StoreImage, StoredLease?, long, StoredLease?> change) =>
        Written(call, key, () => status, change);

    private ApiAnswer Written(ApiCall call, LeaseKey key, Func<int> status, Func<StoreImage, StoredLease?, long, StoredLease?> change)
    {
        StoredLease? would = null;
        var stored = store.Change(key, (image, before, version) =>
        {
            would = change(image, before, version);
            return call.IsDryRun ? before : would;
        });
        return new(status(), (call.IsDryRun ? would : stored)!.Json);
    }
}
