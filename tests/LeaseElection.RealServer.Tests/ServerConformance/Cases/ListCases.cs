using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Reading many Leases.</summary>
internal static class ListCases
{
    private static readonly Send[] Three =
    [
        Create("a", Holder("x"), ""","labels":{"of":"{ns}","app":"one","tier":"front"}"""),
        Create("b", Holder("y"), ""","labels":{"of":"{ns}","app":"two"}"""),
        Create("c", "{}", ""","labels":{"of":"{ns}"}"""),
    ];

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("List_Empty", Read("")),
        new("List_MissingNamespace_IsEmpty", Get(Group + "/namespaces/{ns}-none/leases")),
        new("List_Namespace", [.. Three, Read("")]),
        new("List_AllNamespaces", [.. Three, Get(Group + "/leases?labelSelector=of%3D{ns}")]),
        new("List_LabelSelectors",
            [
                .. Three,
                .. Labels(
                    "app=one", "app==one", "app!=one", "app", "!app", "app in (one,two)", "app in (one)", "app notin (one)",
                    "app notin (one,two)", "app in (one),tier=front", "app=one,tier!=front", "app=", "a b", "app in one", "=x",
                    "app>1", "app<x", "of={ns},app,", "app=ä", "-app")]),
        new("List_FieldSelectors",
            [
                .. Three,
                .. Fields(
                    "metadata.name=a", "metadata.name==a", "metadata.name!=a", "metadata.namespace={ns}", "metadata.namespace!={ns}",
                    "metadata.name=a,metadata.namespace={ns}", "metadata.name=none", "spec.holderIdentity=x", "metadata.uid=1",
                    "metadata.name", "metadata.name>a", "metadata.name=", "metadata.name=a,metadata.name=b", "metadata.name=A_b")]),
        new("List_FieldAndLabelSelector",
            [
                .. Three,
                Read("?fieldSelector=metadata.name%3Da&labelSelector=app%3Done"),
                Read("?fieldSelector=metadata.name%3Da&labelSelector=app%3Dtwo")]),
        new("List_OneNameInAllNamespaces", [.. Three, Get(Group + "/leases?fieldSelector=metadata.namespace%3D{ns},metadata.name%3Db")]),
        new("List_Pages",
            [
                .. Three,
                Read("?limit=2"),
                Read("?limit=2&continue={4.continue}"),
                Read("?continue={4.continue}"),
                Read("?limit=3"),
                Read("?limit=0"),
                Read("?limit=500")]),
        new("List_PagesWithSelector",
            [
                .. Three,
                Read("?limit=1&labelSelector=app"),
                Read("?limit=1&labelSelector=app&continue={4.continue}"),
                Read("?limit=1&labelSelector=app&continue={5.continue}")]),
        new("List_PageKeepsItsVersion", [.. Three, Read("?limit=1"), Create("b2"), Delete("c"), Read("?limit=5&continue={4.continue}")]),
        new("List_BadLimit",
            Read("?limit=-1"),
            Read("?limit=abc"),
            Read("?limit=99999999999999999999"),
            Read("?limit=1.5"),
            Read("?limit=")),
        new("List_BadContinue",
            Read("?limit=1&continue=abc"),
            Read("?limit=1&continue=%7B%7D"),
            Read("?limit=1&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ"),
            Create("a"),
            Create("b"),
            Read("?limit=1"),
            Read("?limit=1&continue={6.continue}&resourceVersion={6.resourceVersion}")),
        new("List_ContinueOfOtherTypes",
            Read("?limit=1&continue=WzFd"),
            Read("?limit=1&continue=NQ"),
            Read("?limit=1&continue=eyJydiI6Im4ifQ"),
            Read("?limit=1&continue=eyJydiI6MS41fQ"),
            Read("?limit=1&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOjV9")),
        new("List_VersionZero",
            [.. Three, Read("?resourceVersion={3.resourceVersion}"), Read("?resourceVersion=0"), Read("?resourceVersion=0&limit=1")]),
        new("List_VersionFuture", Create("a"), Read("?resourceVersion={1.resourceVersion+1000000}")) { IsSlow = true },
        new("List_VersionGarbage", Read("?resourceVersion=garbage"), Read("?resourceVersion=-1")),
        new("List_VersionMatch",
            [
                .. Three,
                Read("?resourceVersion={2.resourceVersion}&resourceVersionMatch=Exact"),
                Read("?resourceVersion={3.resourceVersion}&resourceVersionMatch=NotOlderThan"),
                Read("?resourceVersion=0&resourceVersionMatch=Exact"),
                Read("?resourceVersionMatch=Exact"),
                Read("?resourceVersion=1&resourceVersionMatch=Foo"),
                Read("?limit=1&resourceVersion={2.resourceVersion}&resourceVersionMatch=Exact"),
                Read("?limit=1&resourceVersion={2.resourceVersion}")]),
        new("List_BadTimeoutAndFlags", Read("?timeoutSeconds=abc"), Read("?timeoutSeconds=-1"), Read("?allowWatchBookmarks=abc")),
        new("List_Table",
            [
                .. Three,
                Read("?limit=2") with { Accept = ReadCases.Table },
                Read("?fieldSelector=metadata.name%3Dnone") with { Accept = ReadCases.Table }]),
    ];

    private static IEnumerable<Send> Labels(params string[] selectors) => selectors.Select(s => Read("?labelSelector=" + Escape(s)));

    private static IEnumerable<Send> Fields(params string[] selectors) => selectors.Select(s => Read("?fieldSelector=" + Escape(s)));

    private static string Escape(string selector) =>
        Uri.EscapeDataString(selector).Replace("%7Bns%7D", "{ns}", StringComparison.Ordinal);
}
