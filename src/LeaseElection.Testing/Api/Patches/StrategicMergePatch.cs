using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Patches;

/// <summary>
/// Strategic merge patch, as far as a Lease needs it: as a merge patch, but finalizers and owners are merged, not replaced, and
/// directives say what is to go.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string DeleteFrom = "$deleteFromPrimitiveList/";

    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        if (patch.TryGetPropertyValue(Directive, out var directive))
            target = IsClearing(directive) ? [] : throw Unknown(directive, patch);
        var result = target.DeepClone().AsObject();
        foreach (var (name, change) in patch.OrderByDescending(p => p.Key.StartsWith(DeleteFrom, StringComparison.Ordinal)))
        {
            if (name.StartsWith(DeleteFrom, StringComparison.Ordinal))
                Remove(result, name[DeleteFrom.Length..], change);
            else if (!name.StartsWith('$'))
                Set(result, name, change);
        }

        return result;
    }

    private static bool IsClearing(JsonNode? directive) =>
        directive is JsonValue value && value.TryGetValue<string>(out var text) && text is "replace" or "delete";

    // A server error, as kube-apiserver has it.
    private static ApiException Unknown(JsonNode? directive, JsonObject patch) =>
        new(ApiStatus.Failed($"unknown patch type: {Go.Text(directive)} in map: {Go.Value(patch)}"));

    private static void Set(JsonObject target, string name, JsonNode? change)
    {
        switch (change)
        {
            case null:
                target.Remove(name);
                break;
            case JsonObject inner:
                target[name] = Apply(target[name] as JsonObject ?? [], inner);
                break;
            case JsonArray list when name is "finalizers" or "ownerReferences" && target[name] is JsonArray before:
                target[name] = new JsonArray([.. Merged(before, list).Select(i => i?.DeepClone())]);
                break;
            default:
                target[name] = change.DeepClone();
                break;
        }
    }

    // What is there keeps its place; owners are the same by their uid.
    private static IEnumerable<JsonNode?> Merged(JsonArray before, JsonArray changes) =>
        before.Select(b => changes.FirstOrDefault(c => IsSame(b, c)) ?? b).Concat(changes.Where(c => !before.Any(b => IsSame(b, c))));

    private static bool IsSame(JsonNode? one, JsonNode? other) =>
        one is JsonObject && other is JsonObject ? JsonNode.DeepEquals(one["uid"], other["uid"]) : JsonNode.DeepEquals(one, other);

    private static void Remove(JsonObject target, string name, JsonNode? items)
    {
        if (target[name] is JsonArray list && items is JsonArray gone)
            target[name] = new JsonArray([.. list.Where(i => !gone.Any(g => JsonNode.DeepEquals(g, i))).Select(i => i?.DeepClone())]);
    }
}
