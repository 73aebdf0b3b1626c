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
    /// <param name="doubled">Gets a text for each key that a mapping has twice. The last counts.</param>
    /// <param name="wrong">What is thrown for a text that is no YAML.</param>
    public static JsonNode? Read(byte[] body, Action<string> doubled, Func<string, Exception> wrong)
    {
        try
        {
            return YamlReader.Read(body, doubled);
        }
        catch (YamlException error)
        {
            throw wrong(Problem(error));
        }
    }

    // Both parsers come from libyaml. YamlDotNet says first while it did what; go-yaml says the line, unless it is the first: it counts
    // from 0 when it parses, and from 1 when it scans.
    private static string Problem(YamlException error)
    {
        if (error is not (SemanticErrorException or SyntaxErrorException))
            return error.Message;
        var problem = error.Message.TrimEnd('.');
        if (problem.StartsWith("While ", StringComparison.Ordinal) && problem.Split(", ", 2) is [_, var what])
            problem = what;
        var line = error is SyntaxErrorException ? error.Start.Line : error.Start.Line - 1;
        return error.Start.Line > 1 ? string.Create(CultureInfo.InvariantCulture, $"line {line}: {problem}") : problem;
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
