using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>
/// Names for what differs between two runs of one case but must hang together within each: uids in the order of their first
/// appearance, versions of objects by their rank, names that the server made up.
/// </summary>
internal sealed partial class Symbols
{
    private readonly Dictionary<string, string> _uids = [];
    private readonly Dictionary<string, string> _names = [];
    private readonly SortedSet<ulong> _versions = [];

    /// <summary>Learns from a JSON value of an answer; all of them first, only then the questions.</summary>
    public void Learn(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Learn(item);
            return;
        }

        if (node is not JsonObject json)
            return;
        if (json["metadata"] is JsonObject metadata && IsOfAnObject(json))
            LearnMetadata(metadata);
        if (Text(json["uid"]) is { } uid && Guid.TryParseExact(uid, "D", out _))
            _uids.TryAdd(uid, $"uid#{_uids.Count + 1}");
        foreach (var (_, value) in json)
            Learn(value);
    }

    public string? Version(string? version) =>
        ulong.TryParse(version, CultureInfo.InvariantCulture, out var number) && Rank(number) is { } rank ? rank : version;

    public string? Uid(string? uid) => uid is null ? null : _uids.GetValueOrDefault(uid, uid);

    /// <summary>A text in which the names, uids and, where it speaks of versions, versions stand for themselves.</summary>
    public string Replace(string text)
    {
        foreach (var (value, symbol) in _uids.Concat(_names))
            text = text.Replace(value, symbol, StringComparison.Ordinal);
        return SpeaksOfVersions().IsMatch(text) ? Number().Replace(text, m => Version(m.Value)!) : text;
    }

    /// <summary>Whether a version is at least that of every object with one in <paramref name="items"/>.</summary>
    public static bool IsNotOlder(string? version, IEnumerable<JsonNode?> items)
    {
        var newest = items.Select(i => Parse(i?["metadata"]?["resourceVersion"])).Max();
        return ulong.TryParse(version, CultureInfo.InvariantCulture, out var number) && number > 0 && !(newest > number);
    }

    private static ulong? Parse(JsonNode? node) =>
        ulong.TryParse(Text(node), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // A list's version is the whole server's, and a bookmark's: anything that happens beside the case moves it.
    private static bool IsOfAnObject(JsonObject json) =>
        !json.ContainsKey("items") && !json.ContainsKey("rows") && json["metadata"]?["creationTimestamp"] is not null;

    [GeneratedRegex("resource ?version|precondition", RegexOptions.IgnoreCase)]
    private static partial Regex SpeaksOfVersions();

    [GeneratedRegex(@"(?<![\w.#])\d+(?![\w.])")]
    private static partial Regex Number();

    private void LearnMetadata(JsonObject metadata)
    {
        if (Parse(metadata["resourceVersion"]) is { } version)
            _versions.Add(version);
        if (Text(metadata["generateName"]) is not { Length: > 0 } prefix || Text(metadata["name"]) is not { } name)
            return;
        if (name.Length == prefix.Length + 5)
            _names.TryAdd(name, $"{name[..^5]}(made up #{_names.Count + 1})");
    }

    private string? Rank(ulong version)
    {
        if (_versions.Contains(version))
            return Invariant($"version#{_versions.TakeWhile(v => v <= version).Count()}");

        // What a case asked for that does not exist yet.
        foreach (var ahead in new ulong[] { 1000, 1_000_000 })
        {
            if (version > ahead && _versions.Contains(version - ahead))
                return Invariant($"{Rank(version - ahead)}+{ahead}");
        }

        return null;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
