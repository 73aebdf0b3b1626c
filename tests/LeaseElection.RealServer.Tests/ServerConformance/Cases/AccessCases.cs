using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Who may do what.</summary>
internal static class AccessCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Access_UnknownToken", [.. As(Users.Unknown)]),
        new("Access_Anonymous", [.. As(Users.Anonymous)]),
        new("Access_NoRights", [Create("a"), .. As(Users.Known)]),
        new("Access_AllRights", [new Grant(Users.Known, "get", "list", "watch", "create", "update", "patch", "delete"),
            .. new Step[] { Create("a"), Read("a"), Read(""), Patch("a", "{}"), Delete("a"), Put("a", Lease("a")) }.Select(s => (Send)s with { User = Users.Known })]),
        new("Access_OtherNamespace", [new Grant(Users.Known, "get"), .. new[] { Get(Group + "/namespaces/{ns}-none/leases/a"), Get(Group + "/leases") }.Select(s => s with { User = Users.Known })]),
        new("Access_GetOnly", [new Grant(Users.Known, "get"), Create("a"), .. new[] { Read("a"), Read(""), Read("a?watch=true"), Put("a", Lease("a")) }.Select(s => s with { User = Users.Known })]),
        new("Access_UpdateOnly", [new Grant(Users.Known, "update"), Create("a"),
            .. new[] { Put("a", Lease("a", Holder("y"), ""","resourceVersion":"{2.resourceVersion}" """)), Put("b", Lease("b")), Read("a") }.Select(s => s with { User = Users.Known })]),
        new("Access_PatchOnly", [new Grant(Users.Known, "patch"), Create("a"),
            .. new[] { Patch("a", """{"spec":{"holderIdentity":"y"}}"""), Patch("b", "{}", "application/apply-patch+yaml", "?fieldManager=me") }.Select(s => s with { User = Users.Known })]),
        new("Access_WatchOnly", [new Grant(Users.Known, "watch"), Create("a"),
            new Watch(InNamespace + "?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Da&resourceVersion={2.resourceVersion}", 1) { User = Users.Known }, Delete("a")]),
        new("Access_RefusedBeforeTheBodyIsRead", [Create("a"), .. new[] { Post("not json"), Post("") with { ContentType = "text/plain" }, Read("a") with { Accept = "text/html" } }.Select(s => s with { User = Users.Known })]),
    ];

    private static IEnumerable<Send> As(string user) => new[]
    {
        Read("a"), Read(""), Read("?watch=true"), Read("?watch=true&fieldSelector=metadata.name%3Da"), Create("b"), Put("a", Lease("a")), Patch("a", "{}"), Delete("a"), Delete(""),
        Get(Group + "/leases"), Get(Group + "/leases?watch=1"), Get("/api/v1/namespaces/{ns}"), Get("/api/v1/namespaces"), Get("/version"), Get("/readyz"), Get("/apis"), Get(Group), Get("/foo"), Get(InNamespace + "/a/status"),
        Get(Group + "/namespaces/{ns}/foos/x"),
    }.Select(s => s with { User = user });
}
