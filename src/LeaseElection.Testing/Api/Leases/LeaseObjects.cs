using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>Makes what is stored from what was sent.</summary>
internal static class LeaseObjects
{
    private const string ApiVersion = $"{ApiStatus.Group}/v1";

    /// <summary>The known fields of what was sent, once it says (or leaves open) that it is a Lease.</summary>
    /// <exception cref="ApiException">It says otherwise, or has wrong types (400).</exception>
    public static JsonObject Decode(JsonObject sent)
    {
        var version = Text(sent["apiVersion"]) is { Length: > 0 } v ? v : ApiVersion;
        var kind = Text(sent["kind"]) is { Length: > 0 } k ? k : "Lease";
        if (version != ApiVersion)
            throw new ApiException(ApiStatus.BadRequest($"the API version in the data ({version}) does not match the expected API version ({ApiVersion})"));
        if (kind != "Lease")
            throw new ApiException(ApiStatus.BadRequest($"no kind \"{kind}\" is registered for version \"{ApiVersion}\" in scheme"));
        try
        {
            var lease = Decoder.Decode(sent, Schema.Lease, "v1.Lease");
            lease["kind"] = kind;
            lease["apiVersion"] = version;
            return lease;
        }
        catch (ApiException error) when (error.Status.Code == 400)
        {
            throw new ApiException(ApiStatus.BadRequest($"Lease in version \"v1\" cannot be handled as a Lease: {error.Message}"));
        }
    }

    /// <summary>The object as it is stored at a version.</summary>
    public static StoredLease Store(LeaseKey key, JsonObject lease, long version)
    {
        var metadata = lease["metadata"]!.AsObject();
        metadata["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        var labels = (metadata["labels"]?.AsObject() ?? []).ToFrozenDictionary(p => p.Key, p => (string)p.Value!, StringComparer.Ordinal);
        // Once more through the schema: fields set by us fall into their place.
        return new(key, (string)metadata["uid"]!, version, labels, ApiAnswer.Bytes(Decoder.Decode(lease, Schema.Lease, "v1.Lease")));
    }

    public static long? VersionOf(JsonObject metadata)
    {
        if ((string?)metadata["resourceVersion"] is not { Length: > 0 } text || text == "0")
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new ApiException(ApiStatus.Invalid("Lease", (string?)metadata["name"] ?? "", [BadVersion("metadata.resourceVersion", text)]));
    }

    public static FieldError BadVersion(string field, string text) =>
        FieldError.Invalid(field, Go.Quote(text), $"strconv.ParseUint: parsing {Go.Quote(text)}: invalid syntax");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
