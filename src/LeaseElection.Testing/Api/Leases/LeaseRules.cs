using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>What holds for every write: names, preconditions, fields that belong to the server.</summary>
internal sealed class LeaseRules(TimeProvider time)
{
    // What kube-apiserver takes for generated names: no vowels, nothing that reads like something else.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static void CheckNamespace(JsonObject metadata, string expected, string message)
    {
        if ((string?)metadata["namespace"] is { } ns && ns != expected)
            throw new ApiException(ApiStatus.BadRequest(message));
    }

    public static void CheckNameOnUpdate(JsonObject metadata, LeaseKey key)
    {
        var name = (string?)metadata["name"] ?? "";
        if (name != key.Name)
            throw new ApiException(ApiStatus.BadRequest($"the name of the object ({name}) does not match the name on the URL ({key.Name})"));
        CheckNamespace(metadata, key.Namespace, $"the namespace of the object ({(string?)metadata["namespace"]}) does not match the namespace on the request ({key.Namespace})");
    }

    public static void CheckNamespaceExists(StoreImage image, string name)
    {
        if (!image.Namespaces.ContainsKey(name))
            throw new ApiException(ApiStatus.NamespaceNotFound(name));
    }

    /// <summary>The uid in what was sent is a precondition.</summary>
    public static void CheckUid(JsonObject metadata, StoredLease? before, string name)
    {
        if ((string?)metadata["uid"] is { } uid && uid != (before?.Uid ?? ""))
            throw new ApiException(ApiStatus.Conflict(name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {before?.Uid}"));
    }

    public static void CheckVersionGiven(JsonObject lease, string name)
    {
        if (LeaseObjects.VersionOf(lease["metadata"]!.AsObject()) is null)
            throw Invalid(name, [.. MetadataValidation.CheckUpdate([])]);
    }

    public static void FillName(JsonObject metadata)
    {
        if ((string?)metadata["name"] is null && (string?)metadata["generateName"] is { } prefix)
            metadata["name"] = prefix + RandomNumberGenerator.GetString(Alphabet, 5);
    }

    public static void Validate(JsonObject lease)
    {
        var errors = MetadataValidation.Check(lease["metadata"]!.AsObject()).Concat(LeaseValidation.Check(lease)).ToList();
        if (errors.Count > 0)
            throw Invalid((string?)lease["metadata"]!["name"] ?? "", errors);
    }

    /// <summary>An update leaves alone what belongs to the server.</summary>
    public static void KeepSystemFields(JsonObject metadata, StoredLease before)
    {
        var old = before.ToObject()["metadata"]!.AsObject();
        foreach (var field in (string[])["namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generateName", "generation"])
            metadata[field] = old[field]?.DeepClone();
    }

    public void PrepareNew(JsonObject lease, string ns)
    {
        var metadata = lease["metadata"]!.AsObject();
        metadata["namespace"] = ns;
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Timestamps.Seconds(time.GetUtcNow());
        foreach (var field in (string[])["deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion"])
            metadata.Remove(field);
    }

    private static ApiException Invalid(string name, List<FieldError> errors) => new(ApiStatus.Invalid("Lease", name, errors));
}
