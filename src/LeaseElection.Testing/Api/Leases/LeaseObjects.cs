using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Storage;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>Makes what is stored from what was sent.</summary>
internal static class LeaseObjects
{
    private const string ApiVersion = $"{ApiStatus.Group}/v1";

    // Where kube-apiserver keeps its kinds: clients see it in messages.
    private const string Scheme = "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30";

    /// <summary>The known fields of what was sent, once it says (or leaves open) that it is a Lease.</summary>
    /// <exception cref="ApiException">It says otherwise, or has wrong types (400).</exception>
    public static JsonObject Decode(JsonObject sent)
    {
        var version = Text(sent["apiVersion"]) is { Length: > 0 } v ? v : ApiVersion;
        var kind = Text(sent["kind"]) is { Length: > 0 } k ? k : "Lease";
        if (version != ApiVersion || kind != "Lease")
        {
            throw NoLease(
                kind, version, $"no kind {Go.Quote(kind)} is registered for version {Go.Quote(version)} in scheme {Go.Quote(Scheme)}");
        }

        try
        {
            var lease = Decoder.Decode(sent, Schema.Lease, "v1.Lease");
            lease["kind"] = kind;
            lease["apiVersion"] = version;
            return lease;
        }
        catch (ApiException error) when (error.Status.Code == 400)
        {
            throw NoLease(kind, version, error.Message);
        }
    }

    /// <summary>The object as it is stored at a version.</summary>
    public static StoredLease Store(LeaseKey key, JsonObject lease, long version)
    {
        var metadata = lease["metadata"]!.AsObject();
        metadata["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        var labels = (metadata["labels"]?.AsObject() ?? []).ToFrozenDictionary(p => p.Key, p => (string)p.Value!, StringComparer.Ordinal);
        // Once more through the schema: fields set by us fall into their place.
        return new(key, (string)metadata["uid"]!, version, labels, ApiAnswer.Bytes(Decoder.Decode(lease, Schema.Lease, "v1.Lease")))
        {
            IsBeingDeleted = metadata["deletionTimestamp"] is not null,
        };
    }

    /// <summary>The JSON of a Lease, but with this version; null: without one.</summary>
    public static byte[] WithVersion(StoredLease lease, long? version)
    {
        var json = lease.ToObject();
        json["metadata"]!["resourceVersion"] = version?.ToString(CultureInfo.InvariantCulture);
        return ApiAnswer.Bytes(Decoder.Decode(json, Schema.Lease, "v1.Lease"));
    }

    /// <summary>The version that was sent; null for none.</summary>
    /// <exception cref="ApiException">Not a version (500, as kube-apiserver has it).</exception>
    public static long? VersionOf(JsonObject metadata)
    {
        if ((string?)metadata["resourceVersion"] is not { Length: > 0 } text || text == "0")
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new ApiException(ApiStatus.Failed(Go.NoVersion(text)));
    }

    private static ApiException NoLease(string kind, string version, string why)
    {
        var withoutGroup = version[(version.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return new(ApiStatus.BadRequest($"{kind} in version {Go.Quote(withoutGroup)} cannot be handled as a Lease: {why}"));
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
