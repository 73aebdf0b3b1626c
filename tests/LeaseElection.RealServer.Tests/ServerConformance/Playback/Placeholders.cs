using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>
/// <c>{ns}</c> the case's namespace; <c>{1.uid}</c>, <c>{1.resourceVersion}</c>, <c>{1.continue}</c> from the metadata of the first
/// step's answer; <c>{1.resourceVersion+5}</c> five more; <c>{x*100}</c> a hundred letters x.
/// </summary>
internal sealed partial class Placeholders(string @namespace)
{
    private readonly Dictionary<int, JsonNode?> _metadata = [];

    public void Remember(int step, Answer answer) => _metadata[step] = answer.Json?["metadata"];

    public string Fill(string text) => Pattern().Replace(text, Value);

    [GeneratedRegex(@"\{(?:(?<ns>ns)|(?<char>\w)\*(?<times>\d+)|(?<step>\d+)\.(?<field>\w+)(?<plus>[+-]\d+)?)\}")]
    private static partial Regex Pattern();

    private static string Add(string version, string plus) => long.TryParse(version, CultureInfo.InvariantCulture, out var number)
        ? (number + long.Parse(plus, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
        : version;

    private string Value(Match match)
    {
        if (match.Groups["ns"].Success)
            return @namespace;
        if (match.Groups["char"].Success)
            return new(match.Groups["char"].Value[0], int.Parse(match.Groups["times"].Value, CultureInfo.InvariantCulture));

        var step = int.Parse(match.Groups["step"].Value, CultureInfo.InvariantCulture);
        var value = (string?)_metadata.GetValueOrDefault(step)?[match.Groups["field"].Value] ?? "(nothing)";
        return match.Groups["plus"] is { Success: true, Value: var plus } ? Add(value, plus) : value;
    }
}
