using System.CommandLine.Parsing;
using System.Globalization;

namespace LeaseElection.Benchmarks.CommandLine;

/// <summary>Reads the values of options; a mistake says the value, the rule and an example.</summary>
internal static class OptionValues
{
    public static int? Whole(ArgumentResult given, int least, int most, string example) => Whole(given, Text(given), least, most, example);

    public static IReadOnlyList<int>? List(ArgumentResult given, int most, string example)
    {
        int?[] all = [.. Text(given).Split(',').Select(part => Whole(given, part, 1, most, example))];
        return all.Distinct().Count() == all.Length
            ? [.. all.OfType<int>()]
            : Refuse<IReadOnlyList<int>>(given, Text(given), $"it must have no number twice, as in '{example}'");
    }

    public static TimeSpan? Minutes(ArgumentResult given, string example) =>
        double.TryParse(Text(given), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes)
            && minutes is >= 0.1 and <= 60
            ? TimeSpan.FromMinutes(minutes)
            : Refuse<TimeSpan?>(given, Text(given), $"it must be a number from 0.1 to 60, as in '{example}'");

    // Told before minutes are spent.
    public static string? FileName(ArgumentResult given, string ending, string example)
    {
        var name = Text(given);
        if (!name.EndsWith(ending, StringComparison.Ordinal))
            return Refuse<string>(given, name, $"it must end with {ending}, as in '{example}'");
        return Path.GetDirectoryName(name) is { Length: > 0 } folder && !Directory.Exists(folder)
            ? Refuse<string>(given, name, "its folder must exist; make it first")
            : name;
    }

    private static int? Whole(ArgumentResult given, string text, int least, int most, string example) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Refuse<int?>(given, text, $"it must be a whole number from {least} to {most}, as in '{example}'");

    private static string Text(ArgumentResult given) => given.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult given, string text, string rule)
    {
        given.AddError($"{((OptionResult)given.Parent!).Option.Name} is '{text}': {rule}");
        return default;
    }
}
