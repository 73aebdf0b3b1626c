using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

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
        new("uid", "random; compared by the order of appearance", v => v.Text is { } uid ? v.Symbols.Uid(uid) : v.Node?.DeepClone()),
        new("metadata.resourceVersion", "each server counts its own; an object's is compared by its rank in the case, a list's and a bookmark's only for not being older than the items", Version),
        new("metadata.creationTimestamp", "the time; compared for its form", Time),
        new("metadata.deletionTimestamp", "the time; compared for its form", Time),
        new("metadata.managedFields", "server-side apply's bookkeeping, which the embedded server does not have", _ => null),
        new("metadata.continue", "opaque to clients", v => v.Text is { Length: > 0 } ? "(a token)" : v.Node?.DeepClone()),
        new("groups", "the embedded server has no other group", v => Only(v.Node, "name", "coordination.k8s.io")),
        new("versions", "the embedded server has no v1beta1", v => Only(v.Node, "version", "v1")),
        new("resources", "of the core group, the embedded server has namespaces only", v => v.Parent["groupVersion"]?.ToString() == "v1" ? Only(v.Node, "name", "namespaces") : v.Node?.DeepClone()),
        new("paths", "the embedded server has few", v => v.Node is JsonArray { Count: > 0 } paths && paths.All(p => p?.ToString() is ['/', ..]) ? "(paths)" : v.Node?.DeepClone()),
        new("serverAddress", "each has its own", v => v.Text?.StartsWith("127.0.0.1:", StringComparison.Ordinal) == true ? "(its address)" : v.Node?.DeepClone()),
        .. new[] { "gitVersion", "gitCommit", "gitTreeState", "buildDate", "goVersion", "compiler", "platform" }
            .Select(name => new ListedField(name, "what the server is made of; the Kubernetes version is compared", v => v.Text is null ? v.Node?.DeepClone() : "(its own)")),
        new("columnDefinitions.description", "documentation", v => v.Text is null ? v.Node?.DeepClone() : "(a text)"),
        new("rows.cells", "the last is the age; compared for its form", Cells),
    ];

    public static IReadOnlyList<ListedText> Texts { get; } =
    [
        new(DecoderError(), "(what Go's decoder says)", "texts of Go's JSON and YAML decoders, with excerpts of the body; what stands before them must agree"),
        new(PatchResult(), "(the object)", "the patched object as Go prints it, with its managed fields"),
        new(CurrentVersion(), "current: (a version)", "the server's own count"),
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
        new("Namespace_Delete", 4, "without a controller manager, the real server's namespace terminates for ever; a cluster's, and the embedded server's, is gone soon"),
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

    private static JsonNode? Version(FieldValue value) => value switch
    {
        { Parent: var metadata } when metadata.Parent?["items"] is JsonArray items => OfAList(value, items),
        { Parent: var metadata } when metadata.Parent?["rows"] is JsonArray rows => OfAList(value, rows.Select(r => r?["object"])),
        { Parent: var metadata } when metadata["creationTimestamp"] is null => OfAList(value, []),
        _ => value.Symbols.Version(value.Text),
    };

    private static JsonNode? OfAList(FieldValue value, IEnumerable<JsonNode?> items) =>
        value.Text is not { Length: > 0 } ? value.Node?.DeepClone()
        : Symbols.IsNotOlder(value.Text, items) ? "(not older than the items)"
        : "(older than an item, or no number)";

    private static JsonNode? Only(JsonNode? list, string property, string value) => list is JsonArray items
        ? new JsonArray([.. items.Where(i => i?[property]?.ToString() == value).Select(i => i!.DeepClone())])
        : list?.DeepClone();

    private static JsonNode? Cells(FieldValue value)
    {
        var cells = value.Node?.DeepClone();
        if (cells is JsonArray { Count: > 0 } array && array[^1] is JsonValue age && Age().IsMatch(age.ToString()))
            array[^1] = "(an age in seconds)";
        return cells;
    }

    private static JsonNode? Time(FieldValue value) =>
        DateTimeOffset.TryParseExact(value.Text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? "(a whole second)"
            : value.Node?.DeepClone();

    [GeneratedRegex(
        @"(?<=json parse error: |continue key is not valid: ).*|(?<=cannot be handled as a Lease: )v1\..*|(?<=must be of type \w+\): )yaml: .*|^(v1\.DeleteOptions\.|json: |invalid character|unexpected end of JSON).*",
        RegexOptions.Singleline)]
    private static partial Regex DecoderError();

    [GeneratedRegex(@"(?<=patch: Invalid value: |^Invalid value: )""\{.*", RegexOptions.Singleline)]
    private static partial Regex PatchResult();

    [GeneratedRegex(@"current: (version#)?\d+")]
    private static partial Regex CurrentVersion();

    [GeneratedRegex("(?<=Gen_|ggg)[bcdfhjklmnpqrstvwxz2456789]{5}")]
    private static partial Regex MadeUpName();

    [GeneratedRegex("^[0-9]+s$")]
    private static partial Regex Age();

    [GeneratedRegex("0x[0-9a-f]{6,}")]
    private static partial Regex Pointer();
}
