using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;

namespace LeaseElection.Testing.Api.Documents;

/// <summary>What the server says of itself.</summary>
internal static class Discovery
{
    public const string GitVersion = "v1.36.2";

    private static readonly string[] LeaseVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The answer for a path that is not about an object.</summary>
    /// <exception cref="ApiException">It is read only (405), or there is nothing (404).</exception>
    public static ApiAnswer Find(LeaseApiRequest request, string address)
    {
        if (request.Path is "/readyz" or "/livez" or "/healthz")
            return ApiAnswer.Text("ok");
        if (request.Path == "/")
            return ApiAnswer.Of(Paths());
        if (Document(request.Path, address) is { } document)
            return request.Method == "GET" ? ApiAnswer.Of(document) : throw new ApiException(ApiStatus.MethodNotAllowed());
        if (request.Path.StartsWith("/apis/coordination.k8s.io/", StringComparison.Ordinal)
            || request.Path.StartsWith("/api/v1/", StringComparison.Ordinal))
        {
            throw new ApiException(new(404, "NotFound", "the server could not find the requested resource", []));
        }

        return ApiAnswer.Text("404 page not found\n", 404);
    }

    private static JsonObject? Document(string path, string address) => path.TrimEnd('/') switch
    {
        "/version" => Version(),
        "/api" => Core(address),
        "/apis" => new() { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray(Group()) },
        "/apis/coordination.k8s.io" => WithKind(Group()),
        "/apis/coordination.k8s.io/v1" => Resources(
            "coordination.k8s.io/v1", Resource("leases", "lease", "Lease", namespaced: true, LeaseVerbs, "gqkMMb/YqFM=")),
        "/api/v1" => Resources(
            "v1",
            Resource(
                "namespaces", "namespace", "Namespace", namespaced: false, ["create", "delete", "get", "list"], "Q3oi5N2YM8M=", "ns")),
        _ => null,
    };

    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "36",
        ["emulationMajor"] = "1",
        ["emulationMinor"] = "36",
        ["minCompatibilityMajor"] = "1",
        ["minCompatibilityMinor"] = "35",
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

    private static JsonObject Resource(
        string name, string singular, string kind, bool namespaced, string[] verbs, string storage, params string[] shortNames)
    {
        var resource = new JsonObject
        {
            ["name"] = name,
            ["singularName"] = singular,
            ["namespaced"] = namespaced,
            ["kind"] = kind,
            ["verbs"] = new JsonArray([.. verbs.Select(v => (JsonNode)v)]),
        };
        if (shortNames.Length > 0)
            resource["shortNames"] = new JsonArray([.. shortNames.Select(v => (JsonNode)v)]);
        resource["storageVersionHash"] = storage;
        return resource;
    }

    private static JsonObject Paths() => new()
    {
        ["paths"] = new JsonArray(
            "/api",
            "/api/v1",
            "/apis",
            "/apis/coordination.k8s.io",
            "/apis/coordination.k8s.io/v1",
            "/healthz",
            "/livez",
            "/openapi/v2",
            "/readyz",
            "/version"),
    };
}
