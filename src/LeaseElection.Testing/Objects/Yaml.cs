using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LeaseElection.Testing.Objects;

/// <summary>Reads YAML as JSON, and writes it.</summary>
internal static class Yaml
{
    private const int Deepest = 100;

    /// <summary>The first document; null for none.</summary>
    /// <param name="body">The text.</param>
    /// <param name="wrong">What is thrown for a text that is no YAML.</param>
    public static JsonNode? Read(byte[] body, Func<string, ApiException> wrong)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(body));
            CheckDepth(body);
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents.Count > 0 ? ToJson(stream.Documents[0].RootNode, 0) : null;
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
        JsonObject map => new YamlMappingNode(map.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => (YamlNode[])[new YamlScalarNode(p.Key), ToYaml(p.Value)])),
        JsonArray list => new YamlSequenceNode(list.Select(ToYaml)),
        JsonValue value when value.TryGetValue<string>(out var text) => new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted },
        null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(node.ToJsonString()),
    };

    // Reading recurses; a body of brackets alone would end the process.
    private static void CheckDepth(byte[] body)
    {
        using var reader = new StreamReader(new MemoryStream(body));
        var parser = new Parser(reader);
        for (var depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest)
                throw new YamlException($"nested deeper than {Deepest}");
        }
    }

    // An alias may contain itself: the depth ends that too.
    private static JsonNode? ToJson(YamlNode node, int depth) => node switch
    {
        _ when depth > Deepest => throw new YamlException($"nested deeper than {Deepest}"),
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(Key(c.Key), ToJson(c.Value, depth + 1)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(c => ToJson(c, depth + 1))]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => null,
    };

    private static string Key(YamlNode key) => key is YamlScalarNode scalar ? scalar.Value ?? "" : throw new YamlException("a key must be a scalar");

    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain)
            return text;
        return text switch
        {
            "" or "~" or "null" => null,
            "true" => true,
            "false" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => text,
        };
    }
}
