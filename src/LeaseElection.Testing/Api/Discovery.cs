using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Api;

/// <summary>What the server says of itself.</summary>
internal static class Discovery
{
    public const string GitVersion = "v1.20.2+leaseelection.testing";

    private static readonly string[] LeaseVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The answer for a path that is not about an object; null where there is none.</summary>
    public static ApiAnswer? Find(string path, string address) => path.TrimEnd('/') switch
    {
        "/version" => ApiAnswer.Of(Version()),
        "/readyz" or "/livez" or "/healthz" => ApiAnswer.Text("ok"),
        "/api" => ApiAnswer.Of(Core(address)),
        "/apis" => ApiAnswer.Of(new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray(Group()) }),
        "/apis/coordination.k8s.io" => ApiAnswer.Of(WithKind(Group())),
        "/apis/coordination.k8s.io/v1" => ApiAnswer.Of(Resources("coordination.k8s.io/v1", Resource("leases", "Lease", namespaced: true, LeaseVerbs))),
        "/api/v1" => ApiAnswer.Of(Resources("v1", Resource("namespaces", "Namespace", namespaced: false, ["create", "delete", "get", "list"]))),
        _ => null,
    };

    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "20",
        ["gitVersion"] = GitVersion,
        ["gitCommit"] = "",
        ["gitTreeState"] = "",
        ["buildDate"] = "",
        ["goVersion"] = "",
        ["compiler"] = "",
        ["platform"] = "",
    };

    private static JsonObject Core(string address) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = address }),
    };

    private static JsonObject Group() => new()
    {
        ["name"] = ApiStatus.Group,
        ["versions"] = new JsonArray(GroupVersion()),
        ["preferredVersion"] = GroupVersion(),
    };

    private static JsonObject WithKind(JsonObject group)
    {
        var result = new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach (var (name, value) in group)
            result[name] = value?.DeepClone();
        return result;
    }

    private static JsonObject GroupVersion() => new() { ["groupVersion"] = $"{ApiStatus.Group}/v1", ["version"] = "v1" };

    private static JsonObject Resources(string version, JsonObject resource) => new()
    {
        ["kind"] = "APIResourceList",
        ["apiVersion"] = "v1",
        ["groupVersion"] = version,
        ["resources"] = new JsonArray(resource),
    };

    private static JsonObject Resource(string name, string kind, bool namespaced, string[] verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = "",
        ["namespaced"] = namespaced,
        ["kind"] = kind,
        ["verbs"] = new JsonArray([.. verbs.Select(v => (JsonNode)v)]),
    };
}
