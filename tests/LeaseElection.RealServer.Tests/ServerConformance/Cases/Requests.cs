using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>The words that the cases are written in.</summary>
internal static class Requests
{
    public const string Group = "/apis/coordination.k8s.io/v1";
    public const string InNamespace = Group + "/namespaces/{ns}/leases";
    public const string MergePatch = "application/merge-patch+json";

    private const string Times = """
        "acquireTime":"2026-03-01T12:00:03.000000Z","renewTime":"2026-03-01T12:00:04.123456Z"
        """;

    public static Send Get(string path) => new("GET", path);

    /// <summary>Reads a Lease by name, or lists, if the text begins with a question mark.</summary>
    public static Send Read(string nameOrQuery) => Get(Path(nameOrQuery));

    /// <summary>Creates whatever the text says.</summary>
    public static Send Post(string body, string query = "") => new("POST", InNamespace + query, body);

    /// <summary>Creates a Lease.</summary>
    public static Send Create(string name, string spec = "{}", string metadata = "") => Post(Lease(name, spec, metadata));

    public static Send Put(string name, string body, string query = "") => new("PUT", Path(name) + query, body);

    public static Send Patch(string name, string body, string contentType = MergePatch, string query = "") =>
        new("PATCH", Path(name) + query, body) { ContentType = contentType };

    public static Send Delete(string nameOrQuery, string? body = null) => new("DELETE", Path(nameOrQuery), body);

    /// <summary>A watch in the case's namespace; ends after so many events.</summary>
    public static Watch WatchUntil(int events, string query) => new($"{InNamespace}?watch=true&{query}", events);

    /// <summary>A watch in the case's namespace that the server ends.</summary>
    public static Watch WatchToTheEnd(string query) => new($"{InNamespace}?watch=true&{query}", Events: null);

    /// <summary>A Lease; <paramref name="metadata"/> are further fields of it, each with a comma before it.</summary>
    public static string Lease(string name, string spec = "{}", string metadata = "") =>
        $$"""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"{{name}}"{{metadata}}},"spec":{{spec}}}""";

    public static string Holder(string holder) =>
        $$"""{"holderIdentity":"{{holder}}","leaseDurationSeconds":15,{{Times}},"leaseTransitions":1}""";

    private static string Path(string nameOrQuery) =>
        nameOrQuery.Length == 0 || nameOrQuery[0] == '?' ? InNamespace + nameOrQuery : $"{InNamespace}/{nameOrQuery}";
}
