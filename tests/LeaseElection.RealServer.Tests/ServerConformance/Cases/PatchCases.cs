using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Patching Leases.</summary>
internal static class PatchCases
{
    private const string JsonPatch = "application/json-patch+json";
    private const string StrategicPatch = "application/strategic-merge-patch+json";

    private static readonly Send Created = Create("a", Holder("x"), ""","labels":{"l":"1","m":"2"},"annotations":{"n":"3"}""");

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Patch_Merge", Created, Patch("a", """{"spec":{"holderIdentity":"y"},"metadata":{"labels":{"k":"0"}}}"""), Read("a")),
        new("Patch_MergeNullRemoves",
            Created,
            Patch("a", """{"spec":{"renewTime":null,"holderIdentity":null},"metadata":{"labels":{"l":null},"annotations":null}}"""),
            Read("a"),
            Patch("a", """{"spec":null}""")),
        new("Patch_MergeNothing", Created, Patch("a", "{}"), Patch("a", """{"spec":{"holderIdentity":"x"}}"""), Read("a")),
        new("Patch_Versions",
            Created,
            Patch("a", """{"metadata":{"resourceVersion":"{1.resourceVersion}"},"spec":{"leaseTransitions":2}}"""),
            Patch("a", """{"metadata":{"resourceVersion":"{1.resourceVersion}"},"spec":{"leaseTransitions":3}}"""),
            Patch("a", """{"metadata":{"resourceVersion":"garbage"},"spec":{"leaseTransitions":3}}"""),
            Patch("a", """{"metadata":{"resourceVersion":null},"spec":{"leaseTransitions":4}}"""),
            Patch("a", """{"metadata":{"resourceVersion":""},"spec":{"leaseTransitions":5}}""")),
        new("Patch_Uids",
            Created,
            Patch("a", """{"metadata":{"uid":"{1.uid}"},"spec":{"leaseTransitions":2}}"""),
            Patch("a", """{"metadata":{"uid":"other"},"spec":{"leaseTransitions":3}}"""),
            Patch("a", """{"metadata":{"uid":null},"spec":{"leaseTransitions":4}}""")),
        new("Patch_Names",
            Created,
            Patch("a", """{"metadata":{"name":"b"}}"""),
            Patch("a", """{"metadata":{"namespace":"b"}}"""),
            Patch("a", """{"metadata":{"name":null}}"""),
            Patch("a", """{"metadata":null}"""),
            Patch("a", """{"kind":"Pod"}"""),
            Patch("a", """{"apiVersion":"v1"}""")),
        new("Patch_Missing", Patch("a", """{"spec":{}}"""), Patch("a", """{"metadata":{"uid":"x"}}""")),
        new("Patch_MissingNamespace", new Send("PATCH", Group + "/namespaces/{ns}-none/leases/a", "{}") { ContentType = MergePatch }),
        new("Patch_InvalidResult",
            Created,
            Patch("a", """{"spec":{"leaseDurationSeconds":0}}"""),
            Patch("a", """{"spec":{"renewTime":"2026-03-01T12:00:03Z"}}"""),
            Patch("a", """{"spec":{"leaseDurationSeconds":"x"}}"""),
            Patch("a", """{"spec":[]}"""),
            Patch("a", """{"metadata":{"labels":{"-":"x"}}}"""),
            Read("a")),
        new("Patch_UnknownFields", Created, Patch("a", """{"spec":{"foo":1},"bar":2}"""), Read("a")),
        new("Patch_BadBodies",
            Created,
            Patch("a", "not json"),
            Patch("a", ""),
            Patch("a", "[]"),
            Patch("a", "null"),
            Patch("a", "1"),
            Patch("a", "\"x\"")),
        new("Patch_UnsupportedTypes",
            Created,
            Patch("a", "{}", "application/json"),
            Patch("a", "{}", "text/plain"),
            Patch("a", "{}", ""),
            Patch("a", "{}", "application/merge-patch+json; charset=utf-8")),
        new("Patch_Apply",
            Patch("a", Lease("a", Holder("x")), "application/apply-patch+yaml", "?fieldManager=me"),
            Patch("a", Lease("a", Holder("y")), "application/apply-patch+yaml")),
        new("Patch_Strategic",
            Created,
            Patch("a", """{"spec":{"holderIdentity":"y"},"metadata":{"labels":{"l":null}}}""", StrategicPatch),
            Patch("a", """{"metadata":{"finalizers":["e.com/x"]}}""", StrategicPatch),
            Patch("a", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["e.com/x"]}}""", StrategicPatch),
            Patch("a", """{"spec":{"$patch":"replace","holderIdentity":"z"}}""", StrategicPatch),
            Patch("a", "not json", StrategicPatch),
            Patch("a", "[]", StrategicPatch)),
        new("Patch_Json",
            Created,
            Patch("a", """[{"op":"replace","path":"/spec/holderIdentity","value":"y"}]""", JsonPatch),
            Patch(
                "a",
                """[{"op":"test","path":"/spec/holderIdentity","value":"x"},{"op":"replace","path":"/spec/holderIdentity","value":"z"}]""",
                JsonPatch),
            Patch(
                "a",
                """
                [{"op":"test","path":"/spec/holderIdentity","value":"y"},{"op":"remove","path":"/spec/renewTime"},
                 {"op":"add","path":"/metadata/labels/k~1k","value":"v"}]
                """,
                JsonPatch),
            Patch("a", """[{"op":"remove","path":"/spec/nothing"}]""", JsonPatch),
            Patch("a", """[{"op":"foo","path":"/spec"}]""", JsonPatch),
            Patch("a", "{}", JsonPatch),
            Patch("a", "not json", JsonPatch),
            Patch("a", "[]", JsonPatch),
            Patch("b", "[]", JsonPatch)),
        new("Patch_DryRun",
            Created,
            Patch("a", """{"spec":{"holderIdentity":"y"}}""", query: "?dryRun=All"),
            Read("a"),
            Patch("a", "{}", query: "?force=true")),
    ];
}
