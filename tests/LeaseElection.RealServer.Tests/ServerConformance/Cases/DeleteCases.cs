using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Deleting Leases.</summary>
internal static class DeleteCases
{
    private static readonly Send Created = Create("a", Holder("x"), ""","labels":{"l":"1"}""");

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Delete_Plain", Created, Delete("a"), Read("a"), Delete("a")),
        new("Delete_Missing", Delete("a"), Delete("a", Options(""","preconditions":{"uid":"x"}"""))),
        new("Delete_MissingNamespace", new Send("DELETE", Group + "/namespaces/{ns}-none/leases/a")),
        new("Delete_ThenCreate_IsAnother", Created, Delete("a"), Create("a", Holder("y"))),
        new("Delete_UidPrecondition", Created, Delete("a", Options(""","preconditions":{"uid":"other"}""")), Delete("a", Options(""","preconditions":{"uid":"{1.uid}"}""")), Read("a")),
        new("Delete_VersionPrecondition", Created, Delete("a", Options(""","preconditions":{"resourceVersion":"1"}""")), Delete("a", Options(""","preconditions":{"resourceVersion":"garbage"}""")),
            Delete("a", Options(""","preconditions":{"resourceVersion":"{1.resourceVersion}"}""")), Read("a")),
        new("Delete_BothPreconditions", Created, Delete("a", Options(""","preconditions":{"uid":"other","resourceVersion":"1"}""")),
            Delete("a", Options(""","preconditions":{"uid":"{1.uid}","resourceVersion":"1"}""")), Read("a")),
        new("Delete_BadBodies", Created, Delete("a", "not json"), Delete("a", "[]"), Delete("a", "null"), Delete("a", """{"gracePeriodSeconds":"x"}"""), Delete("a", Lease("a")), Read("a"),
            Delete("a", """{"kind":"Foo","apiVersion":"v1"}"""), Read("a")),
        new("Delete_EmptyOptions", Created, Delete("a", "{}"), Read("a")),
        new("Delete_OptionsOfTheGroup", Created, Delete("a", """{"kind":"DeleteOptions","apiVersion":"coordination.k8s.io/v1"}"""), Read("a")),
        new("Delete_OptionsOfAnotherType", Created, Delete("a", "{}") with { ContentType = "text/plain" }, Read("a")),
        new("Delete_Propagation", Created, Delete("a", Options(""","propagationPolicy":"Background" """)), Read("a"), Create("b"), Delete("b", Options(""","propagationPolicy":"Foo" """)),
            Delete("b?propagationPolicy=Background"), Read("b"), Create("c"), Delete("c", Options(""","orphanDependents":true,"propagationPolicy":"Orphan" """))),
        new("Delete_Foreground", Created, Delete("a", Options(""","propagationPolicy":"Foreground" """)), Read("a"), Patch("a", """{"metadata":{"finalizers":null}}"""), Read("a")),
        new("Delete_Orphan", Created, Delete("a", Options(""","propagationPolicy":"Orphan" """)), Read("a"), Patch("a", """{"metadata":{"finalizers":[]}}"""), Read("a")),
        new("Delete_GracePeriod", Created, Delete("a", Options(""","gracePeriodSeconds":30""")), Read("a"), Create("b"), Delete("b?gracePeriodSeconds=0"), Read("b"), Create("c"), Delete("c?gracePeriodSeconds=abc"),
            Delete("c", Options(""","gracePeriodSeconds":-1""")), Read("c")),
        new("Delete_DryRun", Created, Delete("a?dryRun=All"), Delete("a", Options(""","dryRun":["All"]""")), Read("a"), Delete("a?dryRun=Foo"), Delete("b?dryRun=All")),
        new("Delete_Finalizers", Create("a", Holder("x"), ""","finalizers":["e.com/x"]"""), Delete("a"), Delete("a"), Read("a"), Create("a"),
            Put("a", Lease("a", Holder("y"), ""","resourceVersion":"{4.resourceVersion}","finalizers":["e.com/x"]""")),
            Patch("a", """{"metadata":{"finalizers":["e.com/x","e.com/y"]}}"""), Patch("a", """{"metadata":{"finalizers":null}}"""), Read("a")),
        new("DeleteCollection_Selector", Created, Create("b"), Delete("?labelSelector=l%3D1"), Read(""), Delete("?fieldSelector=metadata.name%3Dnone"), Delete(""), Read("")),
        new("DeleteCollection_Empty", Delete(""), new Send("DELETE", Group + "/namespaces/{ns}-none/leases")),
        new("DeleteCollection_Options", Created, Delete("?dryRun=All"), Read(""), Delete("?labelSelector=a%20b"), Delete("", "not json"), Delete("?fieldSelector=spec.x%3D1"), Delete("", Options("")), Read("")),
        new("DeleteCollection_Finalizers", Create("a", Holder("x"), ""","finalizers":["e.com/x"]"""), Delete(""), Read("")),
        new("DeleteCollection_AllNamespaces", new Send("DELETE", Group + "/leases?labelSelector=none%3D{ns}")),
    ];

    private static string Options(string fields) => $$"""{"kind":"DeleteOptions","apiVersion":"v1"{{fields}}}""";
}
