using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Creating Leases: what a server takes, fills in, and refuses about the object around the spec.</summary>
internal static class CreateCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Create_Full", Create("a", Holder("x"), ""","labels":{"l":"1"},"annotations":{"leaseelection/term":"ab/15/1","b":""}"""), Read("a")),
        new("Create_Minimal", Post("""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"a"}}"""), Read("a")),
        new("Create_NullSpec", Create("a", "null"), Read("a")),
        new("Create_EmptySpec", Create("a"), Read("a")),
        new("Create_SpecOfNulls", Create("a", """{"holderIdentity":null,"leaseDurationSeconds":null,"acquireTime":null,"renewTime":null,"leaseTransitions":null}"""),
            Read("a")),
        new("Create_EmptyHolder", Create("a", """{"holderIdentity":"","leaseTransitions":0}"""), Read("a")),
        new("Create_UnknownFields_AreDropped", Post("""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"a","foo":1},"spec":{"holderIdentity":"x","strategy":"Oldest","preferredHolder":"y","foo":{"bar":[1]}},"status":{"a":1},"extra":true}"""),
            Read("a")),
        new("Create_FieldsInOtherCase", Post("""{"apiVersion":"coordination.k8s.io/v1","Kind":"Lease","Metadata":{"Name":"a"},"spec":{"HolderIdentity":"x"}}"""), Read("a")),
        new("Create_DoubledKeys", Post("""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"a","name":"b"},"spec":{"holderIdentity":"x","holderIdentity":"y"}}""")),
        new("Create_GenerateName", Create("", "{}", ""","generateName":"gen-" """), Create("b", "{}", ""","generateName":"gen-" """),
            Create("", "{}", ""","generateName":"Gen_" """), Create("", "{}", ""","generateName":"{g*70}" """)),
        new("Create_NoName", Create(""), Post("""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","spec":{}}"""),
            Post("""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":null}""")),
        new("Create_BadNames", Create("A_b"), Create("-a"), Create("a b"), Create(".."), Create("a/b"), Create("a%b"), Create("{a*254}"), Create("{a*253}"), Create("a.b-c.d"), Create("ä")),
        new("Create_BadLabels", Create("a", "{}", ""","labels":{"-x":"1"}"""), Create("a", "{}", ""","labels":{"x":"a b"}"""), Create("a", "{}", ""","labels":{"x":"{a*64}"}"""),
            Create("a", "{}", ""","labels":{"A_B/x":"1"}"""), Create("a", "{}", ""","labels":{"a/b/c":"1"}"""), Create("a", "{}", ""","labels":{"":"1"}"""),
            Create("a", "{}", ""","labels":{"{k*64}":"1"}"""), Create("a", "{}", ""","labels":{"x":1}"""), Create("a", "{}", ""","labels":[]"""),
            Create("a", "{}", ""","labels":{"ok.io/X_y.z":"A-b_c.1"}""")),
        new("Create_BadAnnotations", Create("a", "{}", ""","annotations":{"-x":"1"}"""), Create("a", "{}", ""","annotations":{"a b":"1"}"""),
            Create("a", "{}", ""","annotations":{"x":"{y*262200}"}"""), Create("a", "{}", ""","annotations":{"UP.io/Ok":"any thing ä\n"}"""),
            Create("b", "{}", ""","annotations":{"x":null}""")),
        new("Create_BadNamesAndLabelsAtOnce", Create("A_b", """{"leaseDurationSeconds":0,"leaseTransitions":-1}""", ""","labels":{"-x":"a b"},"annotations":{"-":"1"}""")),
        new("Create_NamespaceInBody", Create("a", "{}", ""","namespace":"{ns}" """), Create("b", "{}", ""","namespace":"other" """), Create("c", "{}", ""","namespace":"" """)),
        new("Create_WrongKind", Post("""{"apiVersion":"coordination.k8s.io/v1","kind":"Pod","metadata":{"name":"a"}}"""),
            Post("""{"apiVersion":"v1","kind":"Status"}""")),
        new("Create_WrongVersion", Post("""{"apiVersion":"coordination.k8s.io/v9","kind":"Lease","metadata":{"name":"a"}}"""),
            Post("""{"apiVersion":"v1","kind":"Lease","metadata":{"name":"a"}}"""), Post("""{"apiVersion":"a/b/c","kind":"Lease","metadata":{"name":"a"}}""")),
        new("Create_NoKindOrVersion", Post("""{"kind":"Lease","metadata":{"name":"a"}}"""), Post("""{"apiVersion":"coordination.k8s.io/v1","metadata":{"name":"b"}}"""),
            Post("""{"metadata":{"name":"c"},"spec":{"holderIdentity":"x"}}"""), Post("""{"apiVersion":"","kind":"","metadata":{"name":"d"}}"""), Post("{}")),
        new("Create_Exists", Create("a", Holder("x")), Create("a", Holder("y")), Read("a")),
        new("Create_MissingNamespace", new Send("POST", Group + "/namespaces/{ns}-none/leases", Lease("a"))),
        new("Create_InNoNamespace", new Send("POST", Group + "/leases", Lease("a")), new Send("POST", Group + "/leases", Lease("a", "{}", ""","namespace":"{ns}" """))),
        new("Create_VersionSet", Create("a", "{}", ""","resourceVersion":"1" """), Create("b", "{}", ""","resourceVersion":"garbage" """), Create("c", "{}", ""","resourceVersion":"0" """),
            Create("d", "{}", ""","resourceVersion":"" """)),
        new("Create_ServersFieldsSet", Create("a", "{}", ""","uid":"my-own","creationTimestamp":"2020-01-01T00:00:00Z","selfLink":"/x","generation":7,"deletionTimestamp":"2020-01-01T00:00:00Z","deletionGracePeriodSeconds":3,"clusterName":"c" """),
            Create("b", "{}", ""","creationTimestamp":null,"deletionTimestamp":null,"managedFields":[]""")),
        new("Create_DryRun", Post(Lease("a", Holder("x")), "?dryRun=All"), Read("a"), Post(Lease("a"), "?dryRun=Some"), Post(Lease("a"), "?dryRun="), Create("b"), Post(Lease("b"), "?dryRun=All"),
            Post(Lease("c", """{"leaseDurationSeconds":0}"""), "?dryRun=All")),
        new("Create_FieldManager", Post(Lease("a", Holder("x")), "?fieldManager=me"), Post(Lease("b"), "?fieldManager={m*129}"), Post(Lease("b"), "?fieldManager=%01")),
        new("Create_Finalizers", Create("a", "{}", ""","finalizers":["example.com/hold"]"""), Create("b", "{}", ""","finalizers":["hold"]"""), Create("c", "{}", ""","finalizers":["a b/c"]"""),
            Create("d", "{}", ""","finalizers":["orphan"]"""), Create("e", "{}", ""","finalizers":["orphan","foregroundDeletion"]"""), Create("f", "{}", ""","finalizers":"x" """)),
        new("Create_OwnerReferences", Create("a", "{}", Owner("v1", "Pod", "p", "u1")), Create("b", "{}", Owner("", "Pod", "p", "u1")), Create("b", "{}", Owner("v1", "", "p", "u1")),
            Create("b", "{}", Owner("v1", "Pod", "", "u1")), Create("b", "{}", Owner("v1", "Pod", "p", "")), Create("b", "{}", Owner("v1", "Event", "p", "u1")),
            Create("b", "{}", ""","ownerReferences":[{}]"""),
            Create("b", "{}", ""","ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"1","controller":true},{"apiVersion":"v1","kind":"Pod","name":"q","uid":"2","controller":true}]"""),
            Create("c", "{}", ""","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"p","uid":"1","controller":true,"blockOwnerDeletion":false}]""")),
        new("Create_ManagedFieldsSet", Create("a", "{}", ""","managedFields":[{"manager":"m","operation":"Update","apiVersion":"coordination.k8s.io/v1","time":"2020-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{}}}]"""),
            Create("b", "{}", ""","managedFields":[{"operation":"Foo"}]""")),
        new("Create_Pretty", Create("a"), Post(Lease("a"), "?pretty=true")),
    ];

    private static string Owner(string version, string kind, string name, string uid) =>
        $$""","ownerReferences":[{"apiVersion":"{{version}}","kind":"{{kind}}","name":"{{name}}","uid":"{{uid}}"}]""";
}
