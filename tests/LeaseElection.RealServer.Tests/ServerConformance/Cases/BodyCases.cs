using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Bodies that are no Lease.</summary>
internal static class BodyCases
{
    private const string Yaml = "apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata:\n  name: a\nspec:\n  holderIdentity: x\n";

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Body_NotJson",
            Post("not json"),
            Post("{"),
            Post("""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"a"},}"""),
            Post("<xml/>"),
            Post("\u0000"),
            Post(Lease("a") + " trailing"),
            Post(Lease("b") + Lease("c"))),
        new("Body_Empty", Post(""), Post(" "), new Send("POST", InNamespace)),
        new("Body_OtherJson", Post("[]"), Post("null"), Post("1"), Post("\"x\""), Post("true"), Post("[" + Lease("a") + "]")),
        new("Body_EmptyOnPut", Create("a"), Put("a", ""), Put("a", "null"), Put("a", "[]"), Put("a", "{}"), Put("a", "not json")),
        new("Body_ContentTypes",
            Post(Lease("a")) with { ContentType = "text/plain" },
            Post(Lease("a")) with { ContentType = "application/x-www-form-urlencoded" },
            Post(Lease("a")) with { ContentType = "" },
            Post(Lease("b")) with { ContentType = "application/json; charset=utf-8" },
            Post(Lease("c")) with { ContentType = "application/json;foo=bar" },
            Post(Lease("d")) with { ContentType = MergePatch }),
        new("Body_Yaml",
            Post(Yaml) with { ContentType = "application/yaml" },
            Read("a"),
            Post(Yaml),
            Post(Lease("b")) with { ContentType = "application/yaml" },
            Post("a: [") with { ContentType = "application/yaml" }),
        new("Body_YamlOddities",
            Post("? [a]\n: b\n") with { ContentType = "application/yaml" },
            Post("metadata: {name: a, labels: {5: x}}\n") with { ContentType = "application/yaml" },
            Post("metadata: {name: b}\nspec: {holderIdentity: NaN}\n") with { ContentType = "application/yaml" },
            Post("metadata: {name: c}\nspec: {holderIdentity: Infinity}\n") with { ContentType = "application/yaml" },
            Post("metadata: {name: d}\nspec: {leaseDurationSeconds: 1e999}\n") with { ContentType = "application/yaml" },
            Read("")),
        new("Body_YamlAliases",
            Post("metadata:\n  &n name: &v q\n  labels:\n    *n : *v\n") with { ContentType = "application/yaml" },
            Post("? &a [*a]\n: b\n") with { ContentType = "application/yaml" },
            Post("&a {? *a : b}\n") with { ContentType = "application/yaml" },
            Post("a: *b\n") with { ContentType = "application/yaml" },
            Post("metadata: {name: x, name: b}\n") with { ContentType = "application/yaml" },
            Post("metadata: {name: c}\n---\na: [\n") with { ContentType = "application/yaml" },
            Read("")),
        new("Body_Deep",
            Post(new string('[', 200_000)) with { ContentType = "application/yaml" },
            Post(new string('[', 200_000)),
            Post("metadata: &a {name: a, labels: *a}\n") with { ContentType = "application/yaml" }),
        new("Body_Protobuf", Post(Lease("a")) with { ContentType = "application/vnd.kubernetes.protobuf" }),
        new("Body_Large",
            Create("a", """{"holderIdentity":"{h*1000000}"}"""),
            Read("a?pretty=false"),
            Put("a", Lease("a", Holder("x"), ""","resourceVersion":"{1.resourceVersion}" """))),
        new("Body_TooLarge", Create("a", """{"holderIdentity":"{h*3500000}"}"""), Read("a")),
    ];
}
