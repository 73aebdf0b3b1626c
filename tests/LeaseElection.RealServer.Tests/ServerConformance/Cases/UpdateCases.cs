using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Replacing Leases.</summary>
internal static class UpdateCases
{
    private const string Version = ""","resourceVersion":"{1.resourceVersion}" """;
    private const string UidAndVersion = ""","uid":"{1.uid}","resourceVersion":"{1.resourceVersion}" """;

    private static readonly Send Created = Create("a", Holder("x"), ""","labels":{"l":"1","m":"2"},"annotations":{"n":"3"}""");

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Update_Good", Created, Put("a", Lease("a", Holder("y"), UidAndVersion)), Read("a")),
        new("Update_WithoutUid", Created, Put("a", Lease("a", Holder("y"), Version)), Read("a")),
        new("Update_StaleVersion", Created, Put("a", Lease("a", Holder("y"), UidAndVersion)), Put("a", Lease("a", Holder("z"), UidAndVersion)), Read("a")),
        new("Update_FutureVersion", Created, Put("a", Lease("a", Holder("y"), ""","resourceVersion":"{1.resourceVersion+1000}" """))),
        new("Update_NoVersion", Created, Put("a", Lease("a", Holder("y"))), Put("a", Lease("a", Holder("y"), ""","uid":"{1.uid}" """)), Put("a", Lease("a", Holder("y"), ""","resourceVersion":"" """))),
        new("Update_VersionZero", Created, Put("a", Lease("a", Holder("y"), ""","resourceVersion":"0" """)), Read("a")),
        new("Update_VersionGarbage", Created, Put("a", Lease("a", Holder("y"), ""","resourceVersion":"garbage" """)), Put("a", Lease("a", Holder("y"), ""","resourceVersion":"-1" """)),
            Put("a", Lease("a", Holder("y"), ""","resourceVersion":1"""))),
        new("Update_OtherUid", Created, Put("a", Lease("a", Holder("y"), ""","uid":"other","resourceVersion":"{1.resourceVersion}" """)), Put("a", Lease("a", Holder("y"), ""","uid":"other" """)), Read("a")),
        new("Update_OtherName", Created, Put("a", Lease("b", Holder("y"), Version)), Put("a", Lease("", Holder("y"), Version))),
        new("Update_OtherNamespace", Created, Put("a", Lease("a", Holder("y"), ""","namespace":"other","resourceVersion":"{1.resourceVersion}" """)),
            Put("a", Lease("a", Holder("y"), ""","namespace":"{ns}","resourceVersion":"{1.resourceVersion}" """))),
        new("Update_OtherKind", Created, Put("a", """{"apiVersion":"coordination.k8s.io/v1","kind":"Foo","metadata":{"name":"a"}}"""),
            Put("a", """{"metadata":{"name":"a","resourceVersion":"{1.resourceVersion}"}}""")),
        new("Update_Missing_Creates", Put("a", Lease("a", Holder("x"))), Read("a")),
        new("Update_MissingWithVersion", Put("a", Lease("a", Holder("x"), ""","resourceVersion":"5" """)), Read("a")),
        new("Update_MissingWithUid", Put("a", Lease("a", Holder("x"), ""","uid":"other" """)), Put("a", Lease("a", Holder("x"), ""","uid":"other","resourceVersion":"5" """)), Read("a")),
        new("Update_MissingNamespace", new Send("PUT", Group + "/namespaces/{ns}-none/leases/a", Lease("a", Holder("x")))),
        new("Update_MissingBadName", Put("A_b", Lease("A_b", Holder("x")))),
        new("Update_Deleted", Created, Delete("a"), Put("a", Lease("a", Holder("y"), UidAndVersion)), Put("a", Lease("a", Holder("y"), Version)), Read("a"),
            Put("a", Lease("a", Holder("z"), UidAndVersion))),
        new("Update_SameContent", Created, Put("a", Lease("a", Holder("x"), UidAndVersion + ""","labels":{"l":"1","m":"2"},"annotations":{"n":"3"}""")), Read("a"),
            Put("a", Lease("a", Holder("x"), UidAndVersion + ""","labels":{"m":"2","l":"1"},"annotations":{"n":"3"}"""))),
        new("Update_ServersFields", Created, Put("a", Lease("a", Holder("x"), UidAndVersion + ""","creationTimestamp":"2020-01-01T00:00:00Z","generation":5,"selfLink":"/x" """)),
            Put("a", Lease("a", Holder("x"), ""","resourceVersion":"{2.resourceVersion}","deletionTimestamp":"2020-01-01T00:00:00Z" """)),
            Put("a", Lease("a", Holder("x"), ""","resourceVersion":"{2.resourceVersion}","generateName":"a-" """)), Read("a")),
        new("Update_RemovesLabelsAndAnnotations", Created, Put("a", Lease("a", Holder("x"), UidAndVersion + ""","labels":{"l":"1"},"annotations":{}""")), Read("a")),
        new("Update_RemovesSpec", Created, Put("a", Lease("a", "null", UidAndVersion)), Read("a")),
        new("Update_AnnotationsEmptied", Created, Put("a", Lease("a", Holder(""), UidAndVersion + ""","annotations":{"n":""}""")), Read("a")),
        new("Update_DryRun", Created, Put("a", Lease("a", Holder("y"), UidAndVersion), "?dryRun=All"), Read("a"), Put("b", Lease("b"), "?dryRun=All"), Read("b")),
        new("Update_BadMetadata", Created, Put("a", Lease("a", Holder("y"), UidAndVersion + ""","labels":{"x":"a b"}""")), Put("a", Lease("a", Holder("y"), UidAndVersion + ""","annotations":{"-":"1"}""")),
            Put("a", Lease("a", Holder("y"), UidAndVersion + ""","finalizers":["x"]""")), Put("a", Lease("a", Holder("y"), UidAndVersion + ""","ownerReferences":[{"apiVersion":"v1"}]""")),
            Put("a", Lease("a", """{"leaseTransitions":-1}""", UidAndVersion + ""","labels":{"-":"1"},"annotations":{"-":"1"}"""))),
        new("Update_Finalizers", Created, Put("a", Lease("a", Holder("y"), UidAndVersion + ""","finalizers":["example.com/hold"]""")), Read("a")),
        new("Update_InNoNamespace", Created, new Send("PUT", Group + "/leases/a", Lease("a", Holder("y"), Version)), new Send("PUT", InNamespace, Lease("a", Holder("y"), Version))),
    ];
}
