using System.Globalization;
using System.Text;
using System.Text.Json;
using k8s.Exceptions;

namespace LeaseElection.Connection.Kubeconfigs.Yaml;

/// <summary>Writes a part of a document as JSON.</summary>
internal static class YamlJson
{
    // Aliases in aliases may make a short text as large as you like.
    private const int MostItems = 100_000;

    /// <exception cref="KubeConfigException">It has no JSON.</exception>
    public static string Write(YamlItem item)
    {
        using var stream = new MemoryStream();
        var items = 0;
        using (var json = new Utf8JsonWriter(stream))
            Write(item, json, ref items);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(YamlItem item, Utf8JsonWriter json, ref int items)
    {
        if (++items > MostItems)
            throw Refused(item, $"this has more than {MostItems} parts");
        switch (item)
        {
            case YamlItem.Mapping mapping:
                json.WriteStartObject();
                foreach (var (name, value) in mapping.Entries)
                {
                    json.WritePropertyName(name);
                    Write(value, json, ref items);
                }

                json.WriteEndObject();
                break;
            case YamlItem.Sequence sequence:
                json.WriteStartArray();
                foreach (var value in sequence.Items)
                    Write(value, json, ref items);
                json.WriteEndArray();
                break;
            case YamlItem.Scalar scalar:
                Write(scalar, json);
                break;
        }
    }

    private static void Write(YamlItem.Scalar scalar, Utf8JsonWriter json)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.Null:
                json.WriteNullValue();
                break;
            case ScalarKind.Flag:
                json.WriteBooleanValue(scalar.Value == "true");
                break;
            case ScalarKind.Number when char.IsAsciiDigit(scalar.Value[^1]):
                json.WriteRawValue(scalar.Value);
                break;
            case ScalarKind.Number:
                throw Refused(scalar, $"'{scalar.Value}' is a number that JSON does not have");
            default:
                json.WriteStringValue(scalar.Value);
                break;
        }
    }

    private static KubeConfigException Refused(YamlItem item, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {item.Line}: {what}. Correct it, or put quotes around it."));
}
