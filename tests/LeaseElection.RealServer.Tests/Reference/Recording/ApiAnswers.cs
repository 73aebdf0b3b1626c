namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>As much of an API server as kubectl asks for on its way to a Lease: what kinds there are, and the Lease.</summary>
internal static class ApiAnswers
{
    /// <summary>The name of the Lease that every client asks for.</summary>
    public const string Lease = "x";

    private const string Group = "coordination.k8s.io/v1";

    private static readonly (string Path, string Answer)[] Answers =
    [
        ("/api", """{"kind":"APIVersions","versions":["v1"]}"""),
        ("/api/v1", """{"kind":"APIResourceList","groupVersion":"v1","resources":[]}"""),
        ("/apis", $$$"""
            {"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"coordination.k8s.io",
            "versions":[{"groupVersion":"{{{Group}}}","version":"v1"}],
            "preferredVersion":{"groupVersion":"{{{Group}}}","version":"v1"}}]}
            """),
        ($"/apis/{Group}", $$$"""
            {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"{{{Group}}}",
            "resources":[{"name":"leases","singularName":"lease","namespaced":true,"kind":"Lease","verbs":["get"]}]}
            """),
        ($"/leases/{Lease}", $$$"""
            {"apiVersion":"{{{Group}}}","kind":"Lease","metadata":{"name":"{{{Lease}}}","uid":"u","resourceVersion":"7"},"spec":{}}
            """),
    ];

    public static bool IsOfTheLease(string path) => path.EndsWith($"/leases/{Lease}", StringComparison.Ordinal);

    /// <summary>The answer to a GET; a server's address may have a path of its own.</summary>
    /// <returns>Null for 404.</returns>
    public static string? To(string path) =>
        Answers.FirstOrDefault(known => path.EndsWith(known.Path, StringComparison.Ordinal)).Answer;
}
