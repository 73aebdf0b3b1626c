using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Everything beside Leases: discovery, health, namespaces, paths and methods that are not there.</summary>
internal static class PathCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Path_Version", Get("/version"), Get("/version/")),
        new("Path_Health", Get("/readyz"), Get("/livez"), Get("/healthz"), new Send("POST", "/readyz", "")),
        new("Path_Api", Get("/api"), Get("/api/")),
        new("Path_Apis", Get("/apis")),
        new("Path_Group", Get("/apis/coordination.k8s.io"), Get("/apis/coordination.k8s.io/")),
        new("Path_GroupVersion", Get(Group), Get(Group + "/")),
        new("Path_CoreVersion", Get("/api/v1")),
        new("Path_Unknown",
            Get("/foo"),
            Get("/apis/coordination.k8s.io/v9"),
            Get("/apis/foo.io/v1"),
            Get(Group + "/foo"),
            Get(Group + "/namespaces/{ns}/foo"),
            Get(InNamespace + "/a/foo"),
            Get(InNamespace + "/a/status"),
            Get(InNamespace + "/"),
            Get("/apis/coordination.k8s.io/v9/namespaces/{ns}/leases/a"),
            Get("/api/v1/foo"),
            Get("/apis/foo.io/v1/namespaces/{ns}/foos") with { Accept = "*/*" }),
        new("Path_MethodNotAllowed",
            Create("a"),
            new Send("POST", InNamespace + "/a", Lease("a")),
            new Send("PUT", InNamespace, Lease("a")),
            new Send("PATCH", InNamespace, "{}") { ContentType = MergePatch },
            new Send("OPTIONS", InNamespace),
            new Send("HEAD", InNamespace + "/a"),
            new Send("TRACE", InNamespace),
            new Send("FOO", InNamespace + "/a"),
            new Send("POST", Group + "/leases", Lease("a")),
            new Send("POST", "/version", ""),
            new Send("POST", Group, "")),
        new("Path_Root", Get("/")),
        new("Path_NonCanonical",
            Get("//apis/coordination.k8s.io/v1"),
            Get(InNamespace + "//a"),
            Get(InNamespace + "/a/"),
            Get("/apis//coordination.k8s.io/v1/leases")),
        new("Namespace_CreateOfOtherTypes",
            new Send("POST", "/api/v1/namespaces", """{"metadata":{"name":5}}"""),
            new Send("POST", "/api/v1/namespaces", """{"metadata":5}"""),
            new Send("POST", "/api/v1/namespaces", """{"metadata":{}}""")),
        new("Namespace_Get", Get("/api/v1/namespaces/{ns}"), Get("/api/v1/namespaces/{ns}-none")),
        new("Namespace_List",
            Get("/api/v1/namespaces?fieldSelector=metadata.name%3D{ns}"),
            Get("/api/v1/namespaces?fieldSelector=metadata.name%3D{ns}-none"),
            Get("/api/v1/namespaces?fieldSelector=metadata.name%3Ddefault")),
        new("Namespace_Create",
            Namespace("{ns}-b"),
            Namespace("{ns}-b"),
            Namespace("A_b"),
            Namespace("a.b"),
            Namespace(""),
            Get("/api/v1/namespaces/{ns}-b"),
            new Send("POST", Group + "/namespaces/{ns}-b/leases", Lease("a"))),
        new("Namespace_Delete",
            Namespace("{ns}-c"),
            new Send("DELETE", "/api/v1/namespaces/{ns}-c"),
            new Send("DELETE", "/api/v1/namespaces/{ns}-none"),
            new Send("POST", Group + "/namespaces/{ns}-c/leases", Lease("a"))),
        new("Namespace_DeleteDefault", new Send("DELETE", "/api/v1/namespaces/default")),
    ];

    private static Send Namespace(string name) =>
        new("POST", "/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
}
