using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LeaseElection.Chaos.Options;

/// <summary>Reads the values of options; a mistake says the value and what it must be.</summary>
internal static class OptionValues
{
    public static Option<T> Option<T>(string name, string value, string description, Func<ArgumentResult, T?> read, T ordinary) =>
        new(name) { HelpName = value, Description = description, CustomParser = read, DefaultValueFactory = _ => ordinary };

    public static double Number(ArgumentResult given, double least, double most) =>
        double.TryParse(Text(given), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : Refuse<double>(given, string.Create(CultureInfo.InvariantCulture, $"it must be a number from {least} to {most}"));

    /// <summary>A whole number: the Lease carries whole seconds.</summary>
    public static double Whole(ArgumentResult given, double least, double most, string unit = "") =>
        Number(given, least, most) is var number && double.IsInteger(number)
            ? number
            : Refuse<double>(given, $"it must be a whole number{unit}");

    public static ulong Seed(ArgumentResult given) =>
        ulong.TryParse(Text(given), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Refuse<ulong>(given, $"it must be a whole number, 0 to {ulong.MaxValue}");

    public static string? Peer(ArgumentResult given) =>
        PeerNames.Parse(Text(given)) is not null
            ? Text(given)
            : Refuse<string>(given, "it must be ours, client-go, kubernetesclient or all");

    public static string? Folder(ArgumentResult given)
    {
        if (Text(given).Length > 0)
            return Text(given);
        given.AddError("--out is empty: it must name a folder");
        return null;
    }

    private static string Text(ArgumentResult given) => given.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult given, string rule)
    {
        given.AddError($"{((OptionResult)given.Parent!).Option.Name} is '{Text(given)}': {rule}");
        return default;
    }
}
