using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>Reads an answer's body as values.</summary>
internal static class Bodies
{
    /// <summary>One value, or those of a watch's lines; null where the body is no JSON and no YAML.</summary>
    public static List<JsonNode?>? Values(Answer answer)
    {
        try
        {
            return answer.Headers.Any(h => h is ("Content-Type", "application/yaml")) ? [Yaml(answer.Body)]
                : answer.Json is { } json ? [json]
                : [.. answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))];
        }
        catch (Exception e) when (e is JsonException or YamlException)
        {
            return null;
        }
    }

    private static JsonNode? Yaml(string body)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(body);
        stream.Load(reader);
        return Value(stream.Documents.Single().RootNode);
    }

    private static JsonNode? Value(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(c => KeyValuePair.Create(c.Key.ToString(), Value(c.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Value)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } when IsNoText(text) => JsonNode.Parse(text),
        YamlScalarNode { Value: var text } => text,
        _ => throw new YamlException("neither mapping, sequence nor scalar"),
    };

    private static bool IsNoText(string text) =>
        text is "null" or "true" or "false" || long.TryParse(text, CultureInfo.InvariantCulture, out _);
}
