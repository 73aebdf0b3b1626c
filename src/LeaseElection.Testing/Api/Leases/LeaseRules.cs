using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>What holds for every write: names, preconditions, fields that belong to the server.</summary>
internal sealed class LeaseRules(TimeProvider time)
{
    // What kube-apiserver takes for generated names: no vowels, nothing that reads like something else.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    // Of a generated name, what was given is cut to this.
    private const int LongestPrefix = 58;

    public static void CheckNamespace(JsonObject metadata, string expected)
    {
        if ((string?)metadata["namespace"] is { } ns && ns != expected)
        {
            throw new ApiException(ApiStatus.BadRequest(
                "the namespace of the provided object does not match the namespace sent on the request"));
        }
    }

    public static void CheckNameOnUpdate(JsonObject metadata, LeaseKey key)
    {
        if ((string?)metadata["name"] is not { Length: > 0 } name)
            throw Bad($"the name of the object ({key.Name} based on URL) was undeterminable: name must be provided");
        if (name != key.Name)
            throw Bad($"the name of the object ({name}) does not match the name on the URL ({key.Name})");
        CheckNamespace(metadata, key.Namespace);

        static ApiException Bad(string why) => new(ApiStatus.BadRequest(why));
    }

    public static void CheckNamespaceExists(StoreImage image, string name)
    {
        if (!image.Namespaces.ContainsKey(name))
            throw new ApiException(ApiStatus.NamespaceNotFound(name));
    }

    /// <summary>The uid in what was sent is a precondition.</summary>
    public static void CheckUid(JsonObject metadata, StoredLease? before, LeaseKey key)
    {
        if ((string?)metadata["uid"] is { } uid && uid != (before?.Uid ?? ""))
        {
            throw new ApiException(ApiStatus.Conflict(
                key.Name,
                $"StorageError: invalid object, Code: 4, Key: /registry/leases/{key.Namespace}/{key.Name}, ResourceVersion: 0, "
                + $"AdditionalErrorMsg: Precondition failed: UID in precondition: {uid}, UID in object meta: {before?.Uid}"));
        }
    }

    /// <summary>What is created has no version yet; one that is no number is overlooked.</summary>
    public static void CheckNoVersion(JsonObject metadata)
    {
        var text = (string?)metadata["resourceVersion"];
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
            throw new ApiException(ApiStatus.Failed("resourceVersion should not be set on objects to be created"));
    }

    public static void FillName(JsonObject metadata)
    {
        if ((string?)metadata["name"] is null && (string?)metadata["generateName"] is { } prefix)
            metadata["name"] = prefix[..Math.Min(prefix.Length, LongestPrefix)] + RandomNumberGenerator.GetString(Alphabet, 5);
    }

    public static void Validate(JsonObject lease) =>
        Check(lease, MetadataValidation.Check(lease["metadata"]!.AsObject()).Concat(LeaseValidation.Check(lease)));

    public static void ValidateUpdate(JsonObject lease, JsonObject before) =>
        Check(lease, MetadataValidation.CheckUpdate(lease["metadata"]!.AsObject(), before).Concat(LeaseValidation.Check(lease)));

    /// <summary>An update leaves alone what belongs to the server.</summary>
    public static void KeepSystemFields(JsonObject metadata, JsonObject before)
    {
        foreach (var field in (string[])["namespace", "creationTimestamp", "generation"])
            metadata[field] = before[field]?.DeepClone();
        foreach (var field in (string[])["uid", "deletionTimestamp", "deletionGracePeriodSeconds"])
            metadata[field] ??= before[field]?.DeepClone();
    }

    public void PrepareNew(JsonObject lease, string ns)
    {
        var metadata = lease["metadata"]!.AsObject();
        metadata["namespace"] = ns;
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Timestamps.Seconds(time.GetUtcNow());
        foreach (var field in (string[])["deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion"])
            metadata.Remove(field);
    }

    private static void Check(JsonObject lease, IEnumerable<FieldError> errors)
    {
        if (errors.ToList() is { Count: > 0 } found)
            throw new ApiException(ApiStatus.Invalid("Lease", (string?)lease["metadata"]!["name"] ?? "", found));
    }
}
