using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Patches;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>A patch of one of the kinds that there are. Which errors are whose fault, is as kube-apiserver has it.</summary>
internal sealed class LeasePatch
{
    private readonly Func<JsonObject, JsonNode?> _apply;

    private LeasePatch(Func<JsonObject, JsonNode?> apply) => _apply = apply;

    /// <exception cref="ApiException">No such kind (415), or not such a patch (400, 500).</exception>
    public static LeasePatch Of(ApiCall call) => call.MediaType switch
    {
        "application/merge-patch+json" => Merge(call.Body),
        "application/strategic-merge-patch+json" => Strategic(Parse(call.Body)),
        "application/json-patch+json" => Operations(Parse(call.Body)),
        _ => throw new ApiException(new(415, "UnsupportedMediaType", "415: Unsupported Media Type", [])),
    };

    /// <summary>The patched Lease.</summary>
    /// <exception cref="ApiException">It is none (422), or the patch does not apply (422).</exception>
    public JsonObject Apply(JsonObject before)
    {
        var patched = _apply(before);
        try
        {
            return patched is JsonObject lease ? LeaseObjects.Decode(lease) : throw NoObject(patched);
        }
        catch (ApiException error) when (error.Status.Code == 400)
        {
            var text = FieldError.Invalid("patch", Go.Quote(patched?.ToJsonString() ?? "null"), error.Message);
            throw new ApiException(ApiStatus.InvalidPatch(text));
        }
    }

    private static LeasePatch Merge(byte[] body)
    {
        JsonNode? patch;
        try
        {
            patch = Json.Parse(body);
        }
        catch (JsonException)
        {
            throw new ApiException(ApiStatus.Failed("Invalid JSON Patch"));
        }

        return patch is JsonObject or JsonArray
            ? new(lease => MergePatch.Apply(lease, patch))
            : throw new ApiException(ApiStatus.Failed("Invalid JSON Patch"));
    }

    private static LeasePatch Strategic(JsonNode? patch) => patch is JsonObject changes
        ? new(lease => StrategicMergePatch.Apply(lease, changes))
        : throw new ApiException(ApiStatus.BadRequest("json: cannot unmarshal array into Go value of type map[string]interface {}"));

    private static LeasePatch Operations(JsonNode? patch) => patch is JsonArray operations
        ? new(lease => JsonPatch.Apply(lease, operations))
        : throw new ApiException(ApiStatus.BadRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch"));

    private static JsonNode? Parse(byte[] body)
    {
        try
        {
            return Json.Parse(body);
        }
        catch (JsonException error)
        {
            throw new ApiException(ApiStatus.BadRequest($"invalid character: {error.Message}"));
        }
    }

    private static ApiException NoObject(JsonNode? patched) => new(ApiStatus.BadRequest(
        "couldn't get version/kind; json parse error: "
        + $"json: cannot unmarshal {(patched is JsonArray ? "array" : "value")} into Go value of type struct"));
}
