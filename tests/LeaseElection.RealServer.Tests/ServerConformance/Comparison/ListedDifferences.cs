using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static LeaseElection.RealServer.Tests.ServerConformance.Comparison.Stand;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>All that may differ between the real and the embedded server, each with the reason. Whatever is not here must agree.</summary>
internal static partial class ListedDifferences
{
    public static IReadOnlyList<ListedHeader> Headers { get; } =
    [
        new("Date", "the time"),
        new("Content-Length", "follows from the body; whether it is sent or the body comes in chunks is the HTTP stack's choice"),
        new("Transfer-Encoding", "as Content-Length"),
        new("X-Kubernetes-Pf-", "uids of API priority and fairness, which the embedded server does not have"),
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
        new("gitVersion", "which server it is; the version of Kubernetes is compared", OfTheBuild),
        new("gitCommit", "as gitVersion", OfTheBuild),
        new("gitTreeState", "as gitVersion", OfTheBuild),
        new("buildDate", "as gitVersion", OfTheBuild),
        new("goVersion", "as gitVersion", OfTheBuild),
        new("compiler", "as gitVersion", OfTheBuild),
        new("platform", "as gitVersion", OfTheBuild),
        new("columnDefinitions.description", "documentation", v => v.Text is null ? v.Copy() : "(a text)"),
        new("rows.cells", "the last is the age; compared for its form", Cells),
    ];

    public static IReadOnlyList<ListedText> Texts { get; } =
    [
        new(ParseError(), "(why)", "texts of Go's JSON decoder, with excerpts of the body"),
        new(TypeError(), "(why)", "as those, of a field with a wrong type"),
        new(YamlError(), "(why)", "as those, of its YAML decoder"),
        new(BareError(), "(why)", "as those, where nothing else is said"),
        new(PatchResult(), "(the object)", "the patched object as Go prints it, with its managed fields"),
        new(CurrentVersion(), "(a version)", "the server's own count"),
        new(MadeUpName(), "(made up)", "the random end of a generated name, in the refusal of the name"),
        new(Pointer(), "(a pointer)", "an address in the server's memory, as Go prints it"),
    ];

    public static IReadOnlyList<ListedAnswer> Answers { get; } =
    [
        new("Get_AcceptProtobuf", 2, "the embedded server speaks JSON and YAML only"),
        new("Get_AcceptProtobuf", 3, "as step 2"),
        new("Create_WrongKind", 2, "a kind of another group, which the real server knows: it fails at converting it"),
        new("Spec_MicroTimeOfYearsNobodyWrites", 1, "year 0, which .NET has not"),
        new("Spec_MicroTimeOfYearsNobodyWrites", 2, "Go's zero time, which it writes as null"),
        new("Patch_Apply", 1, "server-side apply, which goes by managed fields"),
        new("Patch_Apply", 2, "as step 1"),
        new("Access_PatchOnly", 4, "server-side apply, as in Patch_Apply"),
        new("Path_CoreVersion", 1, "the embedded server's namespaces cannot be changed or watched"),
        new("Namespace_Delete", 4, "the real server's namespace terminates for ever: there is no controller manager, as a cluster has"),
    ];

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

    [GeneratedRegex("(?<=json parse error: |continue key is not valid: ).*", RegexOptions.Singleline)]
    private static partial Regex ParseError();

    [GeneratedRegex(@"(?<=cannot be handled as a (?:Lease|Namespace): )v1\..*", RegexOptions.Singleline)]
    private static partial Regex TypeError();

    [GeneratedRegex(@"(?<=must be of type \w+\): )yaml: .*", RegexOptions.Singleline)]
    private static partial Regex YamlError();

    [GeneratedRegex(@"^(v1\.DeleteOptions\.|json: |invalid character|unexpected end of JSON).*", RegexOptions.Singleline)]
    private static partial Regex BareError();

    [GeneratedRegex(@"(?<=patch: Invalid value: |^Invalid value: )""\{.*", RegexOptions.Singleline)]
    private static partial Regex PatchResult();

    [GeneratedRegex(@"(?<=current: |too old resource version: \S+ \()(version#)?\d+")]
    private static partial Regex CurrentVersion();

    [GeneratedRegex("(?<=Gen_|g{58})[bcdfghjklmnpqrstvwxz2456789]{5}")]
    private static partial Regex MadeUpName();

    [GeneratedRegex("0x[0-9a-f]{6,}")]
    private static partial Regex Pointer();
}
