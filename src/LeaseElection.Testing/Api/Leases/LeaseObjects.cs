using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Options;
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

    // Kinds of the machinery itself: kube-apiserver decodes them, and fails when it converts them.
    private static readonly string[] OfEveryVersion = ["APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "Status"];

    /// <summary>The Lease in a request's body: the fields that are known.</summary>
    /// <exception cref="ApiException">It is none, or has wrong types (400).</exception>
    public static JsonObject Read(ApiCall call)
    {
        var sent = call.ReadObject("Lease");
        var strictness = new Strictness(call.DoubledFields);
        try
        {
            var lease = Decode(sent, strictness);
            FieldValidation.Apply(
                call, [.. call.DoubledKeys, .. strictness.Found], static why => new ApiException(ApiStatus.BadRequest(why)));
            return lease;
        }
        catch (ApiException error) when (error.Status.Code == 400)
        {
            var (kind, version) = TypeOf(sent);
            var withoutGroup = version[(version.IndexOf('/', StringComparison.Ordinal) + 1)..];
            throw new ApiException(ApiStatus.BadRequest(
                $"{kind} in version {Go.Quote(withoutGroup)} cannot be handled as a Lease: {error.Message}"));
        }
    }

    /// <summary>The known fields of what says (or leaves open) that it is a Lease.</summary>
    /// <exception cref="ApiException">It says otherwise, or has wrong types (400), in kube-apiserver's words.</exception>
    public static JsonObject Decode(JsonObject sent, Strictness? strictness = null)
    {
        var (kind, version) = TypeOf(sent);
        if (version == "v1" && OfEveryVersion.Contains(kind))
            throw Wrong($"converting (v1.{kind}) to (coordination.Lease): unknown conversion");
        if (version != ApiVersion || kind != "Lease")
            throw Wrong($"no kind {Go.Quote(kind)} is registered for version {Go.Quote(version)} in scheme {Go.Quote(Scheme)}");
        var lease = Decoder.Decode(sent, Schema.Lease, strictness);
        lease["kind"] = kind;
        lease["apiVersion"] = version;
        return lease;

        static ApiException Wrong(string why) => new(ApiStatus.BadRequest(why));
    }

    /// <summary>The object as it is stored at a version.</summary>
    public static StoredLease Store(LeaseKey key, JsonObject lease, long version)
    {
        var metadata = lease["metadata"]!.AsObject();
        metadata["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        var labels = (metadata["labels"]?.AsObject() ?? []).ToFrozenDictionary(p => p.Key, p => (string)p.Value!, StringComparer.Ordinal);
        // Once more through the schema: fields set by us fall into their place.
        return new(key, (string)metadata["uid"]!, version, labels, ApiAnswer.Bytes(Decoder.Decode(lease, Schema.Lease)))
        {
            IsBeingDeleted = metadata["deletionTimestamp"] is not null,
        };
    }

    /// <summary>The JSON of a Lease, but with this version; null: without one.</summary>
    public static byte[] WithVersion(StoredLease lease, long? version)
    {
        var json = lease.ToObject();
        json["metadata"]!["resourceVersion"] = version?.ToString(CultureInfo.InvariantCulture);
        return ApiAnswer.Bytes(Decoder.Decode(json, Schema.Lease));
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

    private static (string Kind, string Version) TypeOf(JsonObject sent) => (
        Text(sent["kind"]) is { Length: > 0 } kind ? kind : "Lease",
        Text(sent["apiVersion"]) is { Length: > 0 } version ? version : ApiVersion);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
