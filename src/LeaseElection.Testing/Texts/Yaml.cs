using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LeaseElection.Testing.Texts;

/// <summary>Reads YAML as JSON, and writes it.</summary>
internal static class Yaml
{
    /// <summary>The first document; null for none.</summary>
    /// <param name="body">The text.</param>
    /// <param name="wrong">What is thrown for a text that is no YAML.</param>
    public static JsonNode? Read(byte[] body, Func<string, Exception> wrong)
    {
        try
        {
            return YamlReader.Read(body);
        }
        catch (YamlException error)
        {
            throw wrong(error.Message);
        }
    }

    public static byte[] Write(byte[] json)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        new YamlStream(new YamlDocument(ToYaml(JsonNode.Parse(json)))).Save(text, assignAnchors: false);
        var document = text.ToString();
        // The end of the document need not be marked.
        return System.Text.Encoding.UTF8.GetBytes(document.EndsWith("...\n", StringComparison.Ordinal) ? document[..^4] : document);
    }

    private static YamlNode ToYaml(JsonNode? node) => node switch
    {
        JsonObject map => new YamlMappingNode(
            map.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => (YamlNode[])[new YamlScalarNode(p.Key), ToYaml(p.Value)])),
        JsonArray list => new YamlSequenceNode(list.Select(ToYaml)),
        JsonValue value when value.TryGetValue<string>(out var text) => new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted },
        null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(node.ToJsonString()),
    };
}
