using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LeaseElection.RealServer.Tests.Conformance.Comparison;

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

    private static JsonNode? Time(FieldValue value) =>
        DateTimeOffset.TryParseExact(value.Text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? "(a whole second)"
            : value.Node?.DeepClone();

    [GeneratedRegex(@"(?<=cannot be handled as a Lease: |json parse error: |^)(v1\.\w+\.|json: |invalid character|unexpected end of JSON|yaml: ).*", RegexOptions.Singleline)]
    private static partial Regex DecoderError();

    [GeneratedRegex(@"(?<=patch: Invalid value: |^Invalid value: )""\{.*", RegexOptions.Singleline)]
    private static partial Regex PatchResult();

    [GeneratedRegex(@"current: (version#)?\d+")]
    private static partial Regex CurrentVersion();

    [GeneratedRegex("(?<=Gen_|ggg)[bcdfhjklmnpqrstvwxz2456789]{5}")]
    private static partial Regex MadeUpName();

    [GeneratedRegex("0x[0-9a-f]{6,}")]
    private static partial Regex Pointer();
}
