using LeaseElection.Testing.Api.Options;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>create, update and patch.</summary>
internal sealed class LeaseWrites(LeaseStore store, LeaseRules rules)
{
    public ApiAnswer Create(ApiCall call)
    {
        WriteOptions.Check(call.Query, "CreateOptions");
        var lease = LeaseObjects.Read(call);
        var ns = call.Route.Namespace!;
        var metadata = lease["metadata"]!.AsObject();
        LeaseRules.CheckNamespace(metadata, ns);
        LeaseRules.CheckNoVersion(metadata);
        LeaseRules.FillName(metadata);
        var key = new LeaseKey(ns, (string?)metadata["name"] ?? "");
        return Write(call, key, (image, before, version) =>
        {
            LeaseRules.CheckNamespaceExists(image, ns);
            rules.PrepareNew(lease, ns);
            LeaseRules.Validate(lease);
            if (before is not null)
                throw new ApiException(before.IsBeingDeleted ? ApiStatus.LeaseBeingDeleted(key.Name) : ApiStatus.LeaseExists(key.Name));
            return Result.Created(LeaseObjects.Store(key, lease, version));
        });
    }

    public ApiAnswer Update(ApiCall call)
    {
        WriteOptions.Check(call.Query, "UpdateOptions");
        var lease = LeaseObjects.Read(call);
        var key = new LeaseKey(call.Route.Namespace!, call.Route.Name!);
        var metadata = lease["metadata"]!.AsObject();
        LeaseRules.CheckNameOnUpdate(metadata, key);
        return Write(call, key, (image, before, version) =>
        {
            LeaseRules.CheckUid(metadata, before, key);
            var expected = LeaseObjects.VersionOf(metadata);
            if (before is not null)
                return Replacement.Of(before, lease, expected, version);

            // An update of what is not there creates it: with the uid in place, the check above has refused that.
            LeaseRules.CheckNamespaceExists(image, key.Namespace);
            rules.PrepareNew(lease, key.Namespace);
            LeaseRules.Validate(lease);
            return call.MayCreate
                ? Result.Created(LeaseObjects.Store(key, lease, version))
                : throw new ApiException(ApiStatus.MayNotCreate(key.Name, key.Namespace, call.Request.User));
        });
    }

    public ApiAnswer Patch(ApiCall call)
    {
        var patch = LeasePatch.Of(call);
        WriteOptions.Check(call.Query, "PatchOptions");
        var key = new LeaseKey(call.Route.Namespace!, call.Route.Name!);
        return Write(call, key, (_, before, version) =>
        {
            if (before is null)
                throw new ApiException(ApiStatus.LeaseNotFound(key.Name));
            var lease = patch.Apply(before.ToObject());
            LeaseRules.CheckNameOnUpdate(lease["metadata"]!.AsObject(), key);
            return Replacement.Of(before, lease, LeaseObjects.VersionOf(lease["metadata"]!.AsObject()), version);
        });
    }

    private ApiAnswer Write(ApiCall call, LeaseKey key, Func<StoreImage, StoredLease?, long, Result> change)
    {
        Result? result = null;
        long? versionBefore = null;
        store.Change(key, (image, before, version) =>
        {
            result = change(image, before, version);
            versionBefore = before?.Version;
            return call.IsDryRun ? before : result.Stored;
        });
        return new(result!.Status, call.IsDryRun ? LeaseObjects.WithVersion(result.Answer, versionBefore) : result.Answer.Json);
    }
}
