using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Options;
using LeaseElection.Testing.Api.Patches;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>A patch of one of the kinds that there are. Which errors are whose fault, is as kube-apiserver has it.</summary>
internal sealed class LeasePatch
{
    private const string Map = "map[string]interface {}";
    private const string Undecodable = "error decoding patch: ";

    private static readonly Schema Operation = new(
        "handlers.jsonPatchOp",
        new Field("op", FieldType.Text),
        new Field("from", FieldType.Text),
        new Field("path", FieldType.Text),
        new Field("value", FieldType.Ignored));

    private readonly ApiCall _call;
    private readonly Func<JsonObject, JsonNode> _apply;

    private LeasePatch(ApiCall call, Func<JsonObject, JsonNode> apply)
    {
        _call = call;
        _apply = apply;
    }

    /// <exception cref="ApiException">No such kind (415), or not such a patch (400).</exception>
    public static LeasePatch Of(ApiCall call) => new(call, call.MediaType switch
    {
        "application/merge-patch+json" => Merge(call),
        "application/strategic-merge-patch+json" => Strategic(call),
        "application/json-patch+json" => Operations(call),
        "application/apply-patch+yaml" => throw NoApply(call),
        _ => throw Unsupported(),
    });

    /// <summary>The patched Lease.</summary>
    /// <exception cref="ApiException">It is none (422), or the patch does not apply (422).</exception>
    public JsonObject Apply(JsonObject before)
    {
        // Go sorts what it makes of a patched object, and warns in this order.
        var patched = Json.Sorted(_apply(before))!.AsObject();
        var strictness = new Strictness(new HashSet<string>());
        try
        {
            var lease = LeaseObjects.Decode(patched, strictness);
            IEnumerable<string> doubled = _call.DoubledFields.Select(field => $"duplicate field \"{field}\"");
            FieldValidation.Apply(_call, [.. doubled, .. strictness.Found], static why => new ApiException(ApiStatus.BadRequest(why)));
            return lease;
        }
        catch (ApiException error) when (error.Status.Code == 400)
        {
            var text = FieldError.Invalid("patch", Go.Quote(patched.ToJsonString()), error.Message);
            throw new ApiException(ApiStatus.InvalidPatch(text));
        }
    }

    private static Func<JsonObject, JsonNode> Merge(ApiCall call)
    {
        var changes = Parse(call, Undecodable, call.DoubledFields) switch
        {
            JsonObject map => map,
            null => throw Bad("Invalid JSON Patch"),
            var other => throw Bad($"{Undecodable}json: cannot unmarshal {Json.Kind(other)} into Go value of type {Map}"),
        };
        return lease => MergePatch.Apply(lease, changes)!;
    }

    private static Func<JsonObject, JsonNode> Strategic(ApiCall call)
    {
        var changes = Parse(call, "") switch
        {
            JsonObject map => map,
            null => [],
            var other => throw Bad($"json: cannot unmarshal {Json.Kind(other)} into Go value of type {Map}"),
        };
        return lease => StrategicMergePatch.Apply(lease, changes);
    }

    private static Func<JsonObject, JsonNode> Operations(ApiCall call)
    {
        var operations = Parse(call, Undecodable) switch
        {
            JsonArray list => list,
            null => [],
            var other => throw Bad($"{Undecodable}json: cannot unmarshal {Json.Kind(other)} into Go value of type []{Operation.Go}"),
        };
        foreach (var operation in operations)
        {
            try
            {
                Decoder.Decode(operation, Operation);
            }
            catch (ApiException error)
            {
                throw Bad(Undecodable + error.Message);
            }
        }

        return lease => JsonPatch.Apply(lease, operations);
    }

    // Server-side apply goes by managed fields, which this server does not keep.
    private static ApiException NoApply(ApiCall call)
    {
        var applied = Yaml.Read(call.Body, static _ => { }, static why => Bad($"error decoding YAML: {why}")) as JsonObject;
        var (group, kind) = (applied?["apiVersion"]?.ToString() ?? "", applied?["kind"]?.ToString() ?? "");
        return (group, kind) is ($"{ApiStatus.Group}/v1", "Lease")
            ? Unsupported()
            : Bad($"invalid object type: {(group.Length > 0 ? group : "/")}, Kind={kind}");
    }

    private static JsonNode? Parse(ApiCall call, string before, ISet<string>? doubled = null)
    {
        try
        {
            return Json.Parse(call.Body, doubled);
        }
        catch (JsonException error)
        {
            throw Bad(before + error.Message);
        }
    }

    private static ApiException Bad(string why) => new(ApiStatus.BadRequest(why));

    private static ApiException Unsupported() => new(new(415, "UnsupportedMediaType", "415: Unsupported Media Type", []));
}
