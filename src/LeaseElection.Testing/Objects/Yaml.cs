using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LeaseElection.Testing.Objects;

/// <summary>Reads YAML as JSON, and writes it.</summary>
internal static class Yaml
{
    // As deep as our reader of JSON goes, and more than a Lease needs.
    private const int Deepest = 64;

    /// <summary>The first document; null for none.</summary>
    /// <param name="body">The text.</param>
    /// <param name="wrong">What is thrown for a text that is no YAML.</param>
    public static JsonNode? Read(byte[] body, Func<string, ApiException> wrong)
    {
        try
        {
            CheckDepth(body);
            using var reader = new StreamReader(new MemoryStream(body));
            var stream = new YamlStream();
            stream.Load(reader);
            // Every value takes a byte of the text: there are more of them only where aliases multiply them.
            var left = body.Length;
            return stream.Documents.Count > 0 ? ToJson(stream.Documents[0].RootNode, Deepest, ref left) : null;
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

    // Before the text is loaded, for loading calls itself for every level: too many of them end the process.
    private static void CheckDepth(byte[] body)
    {
        using var reader = new StreamReader(new MemoryStream(body));
        var parser = new Parser(reader);
        var depth = -2; // The stream and the document.
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest)
                throw TooDeep();
        }
    }

    private static JsonNode? ToJson(YamlNode node, int deepest, ref int left)
    {
        if (deepest < 0)
            throw TooDeep();
        if (--left < 0)
            throw new YamlException("document contains excessive aliasing");
        switch (node)
        {
            case YamlMappingNode map:
                var json = new JsonObject();
                foreach (var (key, value) in map.Children)
                    json[(key as YamlScalarNode)?.Value ?? throw new YamlException("invalid map key")] = ToJson(value, deepest - 1, ref left);
                return json;
            case YamlSequenceNode list:
                var items = new JsonArray();
                foreach (var item in list.Children)
                    items.Add(ToJson(item, deepest - 1, ref left));
                return items;
            default:
                return node is YamlScalarNode scalar ? Scalar(scalar) : null;
        }
    }

    // An alias within what it stands for has no end.
    private static YamlException TooDeep() => new("document nests too deeply");

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
