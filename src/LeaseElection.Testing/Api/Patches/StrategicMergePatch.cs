using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Api.Patches;

/// <summary>
/// Strategic merge patch, as far as a Lease needs it: its spec has no lists, and the lists of its metadata are replaced as a whole.
/// Directives ($patch, $retainKeys, $setElementOrder/…) say how to merge lists and are left out.
/// </summary>
internal static class StrategicMergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch) => MergePatch.Apply(target, WithoutDirectives(patch));

    private static JsonNode? WithoutDirectives(JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        return new JsonObject(changes.Where(p => !p.Key.StartsWith('$')).Select(p => KeyValuePair.Create(p.Key, WithoutDirectives(p.Value))));
    }
}
