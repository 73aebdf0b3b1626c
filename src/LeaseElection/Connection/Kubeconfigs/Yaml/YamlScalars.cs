using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using k8s.Exceptions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LeaseElection.Connection.Kubeconfigs.Yaml;

/// <summary>Tells texts from numbers, flags and nothing. A token without quotes that looks like a number is one to kubectl too.</summary>
internal static partial class YamlScalars
{
    private const string CoreTags = "tag:yaml.org,2002:";
    private const int MostHexDigits = 16; // more do not fit into 64 bits, and make it a text

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
        _ => IsNumber(value) ? new(line, ScalarKind.Number, Canonical(value)) : new(line, ScalarKind.Text, value),
    };

    private static bool IsNumber(string value)
    {
        if (!char.IsAsciiDigit(value[0]) && value[0] is not ('+' or '-' or '.'))
            return false;
        var digits = value.Replace("_", "", StringComparison.Ordinal);
        return Based().Match(digits) is { Success: true } based
            ? based.Groups[1].Value.TrimStart('0').Length <= (digits.Contains('x', StringComparison.OrdinalIgnoreCase) ? MostHexDigits : 64)
            : Decimal().IsMatch(digits);
    }

    // As a key, 0x10 is "16" to kubectl. Nothing else is made of a number.
    private static string Canonical(string value) =>
        value.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && ulong.TryParse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : value;

    private static string Decode(int line, string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException e)
        {
            throw new KubeConfigException(
                string.Create(CultureInfo.InvariantCulture, $"line {line}: what is tagged !!binary is no base64. Correct it, or remove it."), e);
        }
    }

    [GeneratedRegex(@"\A[-+]?0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]([0-7]+))\z")]
    private static partial Regex Based();

    [GeneratedRegex(@"\A[-+]?(?:\.(?:inf|Inf|INF)|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)\z|\A\.(?:nan|NaN|NAN)\z")]
    private static partial Regex Decimal();
}
