using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static LeaseElection.RealServer.Tests.ServerConformance.Comparison.Stand;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>
/// All that may differ between kube-apiserver 1.36 and the embedded server, each with the reason. Whatever is not here must agree.
/// </summary>
internal static partial class ListedDifferences
{
    public static IReadOnlyList<ListedHeader> Headers { get; } =
    [
        new("Date", "the time"),
        new("Content-Length", "follows from the body; whether it is sent or the body comes in chunks is the HTTP stack's choice"),
        new("Transfer-Encoding", "as Content-Length"),
        new("Audit-Id", "random; kube-apiserver 1.20 does not send it"),
        new("X-Kubernetes-Pf-", "random uids of objects that the embedded server does not have"),
    ];

    public static IReadOnlyList<ListedField> Fields { get; } =
    [
        new("uid", "random; compared by the order of appearance", Uid),
        new("metadata.resourceVersion", "each server counts its own; an object's is compared by its rank in the case", Version),
        new("metadata.creationTimestamp", "the time; compared for its form", Time),
        new("metadata.deletionTimestamp", "the time; compared for its form", Time),
        new("metadata.managedFields", "server-side apply's bookkeeping, which the embedded server does not have", _ => null),
        new("metadata.continue", "opaque to clients", v => v.Text is { Length: > 0 } ? "(a token)" : v.Copy()),
        new("groups", "the embedded server has no other group", v => Only(v, "name", "coordination.k8s.io")),
        new("versions", "the embedded server has no v1beta1", v => Only(v, "version", "v1")),
        new("resources", "of the core group, the embedded server has namespaces only", Resources),
        new("paths", "the embedded server has few", Paths),
        new("serverAddress", "each has its own", Address),
        new("gitCommit", "what it was built from, and with what; the version is compared", OfTheBuild),
        new("gitTreeState", "as gitCommit", OfTheBuild),
        new("buildDate", "as gitCommit", OfTheBuild),
        new("goVersion", "as gitCommit", OfTheBuild),
        new("compiler", "as gitCommit", OfTheBuild),
        new("platform", "as gitCommit", OfTheBuild),
        new("rows.cells", "the last is the age; compared for its form", Cells),
    ];

    public static IReadOnlyList<ListedText> Texts { get; } =
    [
        new(PatchResult(), "(the object)", "the patched object as Go prints it, with its managed fields"),
        new(CurrentVersion(), "(a version)", "the server's own count"),
        new(MadeUpName(), "(made up)", "the random end of a generated name, in the refusal of the name"),
    ];

    public static IReadOnlyList<ListedAnswer> Answers { get; } =
    [
        new("Get_AcceptProtobuf", 2, "the embedded server speaks JSON and YAML only"),
        new("Get_AcceptProtobuf", 3, "as step 2"),
        new("Spec_MicroTimeOfYearsNobodyWrites", 1, "year 0, which .NET has not"),
        new("Spec_MicroTimeOfYearsNobodyWrites", 2, "Go's zero time, which it writes as null"),
        new("Patch_Apply", 1, "server-side apply, which goes by managed fields"),
        new("Patch_Apply", 2, "as step 1"),
        new("Path_CoreVersion", 1, "the embedded server's namespaces cannot be changed or watched"),
        new("Namespace_Delete", 4, "the real server's namespace terminates for ever: there is no controller manager, as a cluster has"),
    ];

    /// <summary>The steps of a case whose answers must differ.</summary>
    public static IEnumerable<int> StepsOf(string name) => Answers.Where(a => a.Case == name).Select(a => a.Step);

    public static string Apply(string text) => Texts.Aggregate(text, (t, listed) => listed.Pattern.Replace(t, listed.Instead));

    /// <summary>A list that names a version comes from the real server's cache, which keeps no order: compared by name.</summary>
    public static JsonNode? Sort(string request, JsonNode? body)
    {
        if (body?["items"] is not JsonArray items || !request.Contains("resourceVersion=", StringComparison.Ordinal))
            return body;
        var sorted = items.OrderBy(i => (string?)i?["metadata"]?["name"], StringComparer.Ordinal).ToList();
        items.Clear();
        sorted.ForEach(items.Add);
        return body;
    }

    /// <summary>How often a watch gets a bookmark that is due, is the server's timer's: of several in a row, one is compared.</summary>
    public static List<JsonNode?> OneBookmark(List<JsonNode?> events) =>
        [.. events.Where((e, i) => !IsBookmark(e) || i + 1 == events.Count || !IsBookmark(events[i + 1]))];

    private static bool IsBookmark(JsonNode? json) => json is JsonObject && json["type"]?.ToString() == "BOOKMARK";

    [GeneratedRegex(@"(?<=patch: Invalid value: |^Invalid value: )""\{.*\}""(?=: )", RegexOptions.Singleline)]
    private static partial Regex PatchResult();

    [GeneratedRegex(@"(?<=current: |too old resource version: \S+ \()(version#)?\d+")]
    private static partial Regex CurrentVersion();

    [GeneratedRegex("(?<=Gen_|g{58})[bcdfghjklmnpqrstvwxz2456789]{5}")]
    private static partial Regex MadeUpName();

}
