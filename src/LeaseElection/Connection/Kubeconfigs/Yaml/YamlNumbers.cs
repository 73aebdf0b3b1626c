using System.Globalization;
using System.Text.RegularExpressions;

namespace LeaseElection.Connection.Kubeconfigs.Yaml;

/// <summary>Knows a number of YAML 1.1, and writes it as JSON has it.</summary>
internal static partial class YamlNumbers
{
    private const int MostBits = 64; // a longer hexadecimal is a text

    /// <summary>Null: this is no number.</summary>
    public static string? Read(string value)
    {
        if (!char.IsAsciiDigit(value[0]) && value[0] is not ('+' or '-' or '.'))
            return null;
        var text = value.Replace("_", "", StringComparison.Ordinal);
        if (Whole().Match(text) is { Success: true } whole && Magnitude(whole) is { } magnitude)
            return (text[0] == '-' && magnitude != 0 ? "-" : "") + magnitude.ToString(CultureInfo.InvariantCulture);
        if (Fraction().IsMatch(text))
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        return Odd().IsMatch(text) ? text : null;
    }

    private static ulong? Magnitude(Match match)
    {
        var (style, digits) = match switch
        {
            { Groups: [_, { Success: true } hex, ..] } => (NumberStyles.AllowHexSpecifier, hex.Value),
            { Groups: [_, _, { Success: true } binary, ..] } => (NumberStyles.AllowBinarySpecifier, binary.Value),
            { Groups: [_, _, _, { Success: true } octal, ..] } => (NumberStyles.AllowBinarySpecifier, Bits(octal.Value)),
            _ => (NumberStyles.None, match.Groups[4].Value),
        };
        return digits.TrimStart('0').Length <= MostBits
            && ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var magnitude) ? magnitude : null;
    }

    private static string Bits(string octal) => string.Concat(octal.Select(static c => Convert.ToString(c - '0', 2).PadLeft(3, '0')));

    [GeneratedRegex(@"\A[-+]?(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Odd();
}
