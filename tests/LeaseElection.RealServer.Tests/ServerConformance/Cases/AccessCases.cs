using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Who may do what.</summary>
internal static class AccessCases
{
    private const string WatchOfOne = "?watch=true&fieldSelector=metadata.name%3Da";

    private static readonly Send[] Anything =
    [
        Read("a"),
        Read(""),
        Read("?watch=true"),
        Read(WatchOfOne),
        Create("b"),
        Put("a", Lease("a")),
        Patch("a", "{}"),
        Delete("a"),
        Delete(""),
        Get(Group + "/leases"),
        Get(Group + "/leases?watch=1"),
        Get("/api/v1/namespaces/{ns}"),
        Get("/api/v1/namespaces"),
        Get("/version"),
        Get("/readyz"),
        Get("/apis"),
        Get(Group),
        Get("/foo"),
        Get(InNamespace + "/a/status"),
        Get(Group + "/namespaces/{ns}/foos/x"),
    ];

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Access_UnknownToken", [.. As(Users.Unknown, Anything)]),
        new("Access_Anonymous", [.. As(Users.Anonymous, Anything)]),
        new("Access_NoRights", [Create("a"), .. As(Users.Known, Anything)]),
        new("Access_AllRights",
        [
            new Grant(Users.Known, "get", "list", "watch", "create", "update", "patch", "delete"),
            .. As(Users.Known, Create("a"), Read("a"), Read(""), Patch("a", "{}"), Delete("a"), Put("a", Lease("a"))),
        ]),
        new("Access_OtherNamespace",
        [
            new Grant(Users.Known, "get"),
            .. As(Users.Known, Get(Group + "/namespaces/{ns}-none/leases/a"), Get(Group + "/leases")),
        ]),
        new("Access_GetOnly",
        [
            new Grant(Users.Known, "get"),
            Create("a"),
            .. As(Users.Known, Read("a"), Read(""), Read("a?watch=true"), Put("a", Lease("a"))),
        ]),
        new("Access_UpdateOnly",
        [
            new Grant(Users.Known, "update"),
            Create("a"),
            .. As(
                Users.Known,
                Put("a", Lease("a", Holder("y"), ""","resourceVersion":"{2.resourceVersion}" """)),
                Put("b", Lease("b")),
                Read("a")),
        ]),
        new("Access_PatchOnly",
        [
            new Grant(Users.Known, "patch"),
            Create("a"),
            .. As(
                Users.Known,
                Patch("a", """{"spec":{"holderIdentity":"y"}}"""),
                Patch("b", "{}", "application/apply-patch+yaml", "?fieldManager=me")),
        ]),
        new("Access_WatchOnly",
            new Grant(Users.Known, "watch"),
            Create("a"),
            new Watch(InNamespace + WatchOfOne + "&resourceVersion={2.resourceVersion}", 1) { User = Users.Known },
            Delete("a")),
        new("Access_RefusedBeforeTheBodyIsRead",
        [
            Create("a"),
            .. As(Users.Known, Post("not json"), Post("") with { ContentType = "text/plain" }, Read("a") with { Accept = "text/html" }),
        ]),
    ];

    private static IEnumerable<Send> As(string user, params Send[] requests) => requests.Select(r => r with { User = user });
}
