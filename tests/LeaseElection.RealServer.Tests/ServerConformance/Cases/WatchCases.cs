using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Watching Leases.</summary>
internal static class WatchCases
{
    private const string FromFirst = "resourceVersion={1.resourceVersion}";

    private static readonly Send Created = Create("a", Holder("x"), ""","labels":{"l":"1"}""");
    private static readonly Step[] Life =
    [
        Patch("a", """{"spec":{"holderIdentity":"y"}}"""),
        Create("b", "{}", ""","labels":{"l":"1"}"""),
        Patch("a", """{"metadata":{"labels":{"l":"2"}}}"""),
        Patch("a", """{"metadata":{"labels":{"l":"1"}}}"""),
        Delete("a"),
        Delete("b"),
    ];

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Watch_FromAVersion", [Created, WatchUntil(6, FromFirst), .. Life]),
        new("Watch_FromAVersion_LookingBack", [Created, .. Life, WatchUntil(6, FromFirst)]),
        new("Watch_FromTheNewest", [Created, WatchUntil(1, FromFirst), Create("z")]),
        new("Watch_WithoutVersion_BeginsWithWhatIs",
            [Created, Read("?resourceVersion={1.resourceVersion}"), WatchUntil(3, ""), Create("b"), Delete("a")]),
        new("Watch_VersionZero_BeginsWithWhatIs",
            [Created, Read("?resourceVersion={1.resourceVersion}"), WatchUntil(3, "resourceVersion=0"), Create("b"), Delete("a")]),
        new("Watch_Name", [Created, WatchUntil(4, FromFirst + "&fieldSelector=metadata.name%3Da"), .. Life]),
        new("Watch_NameInThePath", [Created, new Watch(InNamespace + "/a?watch=true&" + FromFirst, 4), .. Life]),
        new("Watch_OtherName", [Created, WatchUntil(2, FromFirst + "&fieldSelector=metadata.name!%3Da"), .. Life]),
        new("Watch_Label_StartsAndCeasesToMatch", [Created, WatchUntil(6, FromFirst + "&labelSelector=l%3D1"), .. Life]),
        new("Watch_LabelNot_StartsAndCeasesToMatch", [Created, WatchUntil(2, FromFirst + "&labelSelector=l!%3D1"), .. Life]),
        new("Watch_NoBump_NoEvent", [Created, WatchUntil(1, FromFirst), Patch("a", "{}"), Delete("a")]),
        new("Watch_Finalizers",
            [
                Create("a", "{}", ""","finalizers":["e.com/x"]"""),
                WatchUntil(2, FromFirst),
                Delete("a"),
                Patch("a", """{"metadata":{"finalizers":null}}""")]),
        new("Watch_DeleteCollection", [Created, Create("b"), WatchUntil(2, "resourceVersion={2.resourceVersion}"), Delete("")]),
        new("Watch_AllNamespaces",
            [
                Created,
                new Watch(Group + "/leases?watch=1&labelSelector=l%3D1&fieldSelector=metadata.namespace%3D{ns}&" + FromFirst, 6),
                .. Life]),
        new("Watch_One", [Created, new Watch(InNamespace + "?watch=1&" + FromFirst, 1), Delete("a")]),
        new("Watch_FalseIsAList", [Created, Read("?watch=false"), Read("?watch=0")]),
        new("Watch_AnythingElseIsAWatch",
            [
                Created,
                new Watch(InNamespace + "?watch=&" + FromFirst, 1),
                new Watch(InNamespace + "?watch=abc&" + FromFirst, 1),
                Delete("a")]),
        new("Watch_DeprecatedPaths",
            [
                Created,
                new Watch(Group + "/watch/namespaces/{ns}/leases?" + FromFirst, 1),
                new Watch(Group + "/watch/namespaces/{ns}/leases/a?" + FromFirst, 1),
                new Watch(Group + "/watch/leases?fieldSelector=metadata.namespace%3D{ns}&" + FromFirst, 1),
                Delete("a")]),
        new("Watch_MissingNamespace_IsSilent",
            new Watch(Group + "/namespaces/{ns}-none/leases?watch=true&timeoutSeconds=1", Events: null)) { IsSlow = true },
        new("Watch_TimeoutEndsIt",
            Created,
            WatchToTheEnd("timeoutSeconds=1&" + FromFirst),
            Patch("a", """{"spec":{"holderIdentity":"y"}}""")) { IsSlow = true },
        new("Watch_BadTimeout", WatchToTheEnd("timeoutSeconds=abc")),
        new("Watch_VersionFuture",
            Created,
            WatchToTheEnd("timeoutSeconds=1&resourceVersion={1.resourceVersion+1000000}")) { IsSlow = true },
        new("Watch_VersionGarbage", WatchToTheEnd("resourceVersion=garbage"), WatchToTheEnd("resourceVersion=-1")),
        new("Watch_VersionMatch", WatchToTheEnd("timeoutSeconds=1&resourceVersion=1&resourceVersionMatch=NotOlderThan")),
        new("Watch_BadSelectors", WatchToTheEnd("fieldSelector=spec.holderIdentity%3Dx"), WatchToTheEnd("labelSelector=a%20b")),
        new("Watch_Limit_IsIgnored", [Created, WatchUntil(6, FromFirst + "&limit=1"), .. Life]),
        new("Watch_Continue", WatchToTheEnd("timeoutSeconds=1&continue=abc")) { IsSlow = true },
        // A bookmark comes only if something has happened since the watch's version, be it nothing of its own. It is due two seconds
        // before the end, but the real server looks for due ones only about every second, and may be too late.
        new("Watch_BookmarkBeforeTheTimeout",
            Created,
            WatchToTheEnd("timeoutSeconds=4&allowWatchBookmarks=true&fieldSelector=metadata.name%3Da&" + FromFirst),
            Create("b")) { IsSlow = true, Tries = 3 },
        new("Watch_BookmarksNotAllowed",
            Created,
            WatchToTheEnd("timeoutSeconds=4&fieldSelector=metadata.name%3Da&" + FromFirst),
            Create("b")) { IsSlow = true },
        new("Watch_Yaml",
            Created,
            new Watch(InNamespace + "?watch=1&timeoutSeconds=1&" + FromFirst, 1) { Accept = "application/yaml" },
            Delete("a")) { IsSlow = true },
        new("Watch_Stream",
            Created,
            new Watch(InNamespace + "?watch=1&timeoutSeconds=1&" + FromFirst, 1) { Accept = "application/json;stream=watch" },
            Delete("a")),
        new("Watch_Table",
            Created,
            new Watch(InNamespace + "?watch=1&fieldSelector=metadata.name%3Da&" + FromFirst, 2) { Accept = ReadCases.Table },
            Patch("a", """{"spec":{"holderIdentity":"y"}}"""),
            Delete("a")),
        new("Watch_OtherMethods",
            new Send("POST", InNamespace + "?watch=true", Lease("a")),
            new Send("DELETE", InNamespace + "?watch=true")),
    ];
}
