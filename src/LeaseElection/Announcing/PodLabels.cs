using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeaseElection.Announcing;

/// <summary>What the labels on a pod say of one election, and how they are changed.</summary>
/// <param name="Pod">The pod's name.</param>
/// <param name="Version">Its resourceVersion: every change is for this one alone.</param>
/// <param name="IsLabelled">Whether it carries both labels.</param>
/// <param name="LastTakenOff">The fencing token of the term whose end last removed them.</param>
internal sealed record PodLabels(string Pod, string Version, bool IsLabelled, string? LastTakenOff)
{
    public const string RoleLabel = "leaseelection/role";
    public const string Leader = "leader";

    // Several elections may share a namespace: this label says which election a pod leads.
    public const string LeaseLabel = "leaseelection/lease";

    // Changes with every removal of the labels, and so changes the pod's version: a late request to add them then conflicts.
    private const string TakenOff = "leaseelection/role-taken-off";

    public static string Selector(string lease) => Uri.EscapeDataString($"{RoleLabel}={Leader},{LeaseLabel}={lease}");

    public static PodLabels Read(JsonElement pod, string lease)
    {
        var metadata = pod.GetProperty("metadata");
        return new(
            metadata.GetProperty("name").GetString()!, metadata.GetProperty("resourceVersion").GetString()!,
            Text(metadata, "labels", RoleLabel) == Leader && Text(metadata, "labels", LeaseLabel) == lease,
            Text(metadata, "annotations", TakenOff));
    }

    public static string TokenOf(LeadershipTerm term) => term.FencingToken.ToString(CultureInfo.InvariantCulture);

    public byte[] PutOn(string lease) => Patch(Leader, lease, null);

    public byte[] TakeOff(LeadershipTerm term) => Patch(null, null, new() { [TakenOff] = TokenOf(term) });

    private static string? Text(JsonElement metadata, string map, string key) =>
        metadata.TryGetProperty(map, out var texts)
        && texts.ValueKind == JsonValueKind.Object
        && texts.TryGetProperty(key, out var value)
            ? value.GetString()
            : null;

    private byte[] Patch(string? role, string? lease, JsonObject? annotations)
    {
        var metadata = new JsonObject
        {
            ["resourceVersion"] = Version,
            ["labels"] = new JsonObject { [RoleLabel] = role, [LeaseLabel] = lease },
        };
        if (annotations is not null)
            metadata["annotations"] = annotations;
        return Encoding.UTF8.GetBytes(new JsonObject { ["metadata"] = metadata }.ToJsonString());
    }
}
