using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LeaseElection.Testing.Objects;

/// <summary>Reads a YAML body as JSON.</summary>
internal static class Yaml
{
    public static JsonObject Read(byte[] body)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(body));
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents.Count > 0 && ToJson(stream.Documents[0].RootNode) is JsonObject json
                ? json
                : throw new ApiException(ApiStatus.BadRequest("the YAML body is no mapping"));
        }
        catch (YamlException error)
        {
            throw new ApiException(ApiStatus.BadRequest($"error converting YAML to JSON: {error.Message}"));
        }
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value ?? "", ToJson(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => null,
    };

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
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => text,
        };
    }
}
