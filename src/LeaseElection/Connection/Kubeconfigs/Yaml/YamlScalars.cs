using System.Globalization;
using System.Text;
using k8s.Exceptions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LeaseElection.Connection.Kubeconfigs.Yaml;

/// <summary>Tells texts from numbers, flags and nothing. A token without quotes that looks like a number is one to kubectl too.</summary>
internal static class YamlScalars
{
    private const string CoreTags = "tag:yaml.org,2002:";

    public static YamlItem.Scalar Of(Scalar scalar)
    {
        var line = (int)scalar.Start.Line;
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        return tag switch
        {
            null when scalar.Style == ScalarStyle.Plain => Plain(line, scalar.Value),
            CoreTags + "binary" => new(line, ScalarKind.Text, Decode(line, scalar.Value)),
            CoreTags + "int" or CoreTags + "float" or CoreTags + "bool" or CoreTags + "null" => Plain(line, scalar.Value),
            _ => new(line, ScalarKind.Text, scalar.Value),
        };
    }

    private static YamlItem.Scalar Plain(int line, string value) => value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new(line, ScalarKind.Null, ""),
        "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "true" or "True" or "TRUE" => new(line, ScalarKind.Flag, "true"),
        "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "false" or "False" or "FALSE" =>
            new(line, ScalarKind.Flag, "false"),
        _ => YamlNumbers.Read(value) is { } number ? new(line, ScalarKind.Number, number) : new(line, ScalarKind.Text, value),
    };

    private static string Decode(int line, string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException e)
        {
            throw new KubeConfigException(
                string.Create(CultureInfo.InvariantCulture, $"line {line}: what is tagged !!binary is no base64. Correct it."), e);
        }
    }
}
