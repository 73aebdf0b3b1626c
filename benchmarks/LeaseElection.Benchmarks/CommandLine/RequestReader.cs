using System.Globalization;

namespace LeaseElection.Benchmarks.CommandLine;

/// <summary>Reads the command line behind the program's name.</summary>
internal static class RequestReader
{
    private static readonly string[] OfAll = ["--out", "--plot", "--smallest"];
    private static readonly string[] Sizes = ["--runs", "--standbys", "--elections", "--minutes"];

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">A mistake; the message has the value, the rule and the fix.</exception>
    public static Request Read(IReadOnlyList<string> args)
    {
        var names = $"{string.Join(", ", Whats.All.Select(what => what.Name))}, renewal or micro";
        if (args.Count == 0)
            throw new FormatException($"nothing is given to measure: it must be one of {names}, for example 'handover'. See --help");
        var read = new Request
        {
            What = Whats.Find(args[0]) ?? throw new FormatException(
                $"'{args[0]}' is nothing that is measured: the first argument must be one of {names}. See --help"),
        };
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i < args.Count; i++)
        {
            var option = args[i];
            Check(option, read.What);
            if (!given.Add(option))
                throw new FormatException($"{option} is given twice: it must be given once, leave one out");
            if (option == "--smallest")
            {
                read = read with { Smallest = true };
                continue;
            }

            var value = i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)
                ? args[++i]
                : throw new FormatException($"{option} has no value: it must be followed by one, as in '{Example(option)}'");
            read = With(read, option, value);
        }

        if (read.Smallest && Sizes.FirstOrDefault(given.Contains) is { } size)
            throw new FormatException($"{size} goes without --smallest, which says how large everything is: leave one of them out");
        return read;
    }

    private static void Check(string option, What what)
    {
        if (OfAll.Contains(option) || what.Takes.Contains(option))
            return;
        var allowed = string.Join(", ", what.Takes.Concat(OfAll));
        throw new FormatException(Sizes.Contains(option)
            ? $"{option} is no option of {what.Name}: it takes {allowed}. Leave it out"
            : $"'{option}' is no option: {what.Name} takes {allowed}. See --help");
    }

    private static Request With(Request read, string option, string value) => option switch
    {
        "--runs" => read with { Runs = Whole(option, value, 1, 10_000) },
        "--standbys" => read with { Standbys = List(option, value, 200) },
        "--elections" => read with { Elections = List(option, value, 20_000) },
        "--minutes" => read with { Window = Minutes(value) },
        "--out" => read with { Out = FileName(option, value, ".json") },
        _ => read with { Plot = FileName(option, value, ".svg") },
    };

    private static int Whole(string option, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{option} is '{value}': it must be a whole number from {least} to {most}, as in '{Example(option)}'");

    private static int[] List(string option, string value, int most)
    {
        int[] all = [.. value.Split(',').Select(part => Whole(option, part, 1, most))];
        return all.Distinct().Count() == all.Length
            ? all
            : throw new FormatException($"{option} is '{value}': it must have no number twice, as in '{Example(option)}'");
    }

    private static TimeSpan Minutes(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 0.1 and <= 60
            ? TimeSpan.FromMinutes(minutes)
            : throw new FormatException($"--minutes is '{value}': it must be a number from 0.1 to 60, as in '{Example("--minutes")}'");

    // Told before minutes are spent.
    private static string FileName(string option, string value, string ending)
    {
        if (!value.EndsWith(ending, StringComparison.Ordinal))
            throw new FormatException($"{option} is '{value}': it must end with {ending}, as in '{Example(option)}'");
        if (Path.GetDirectoryName(value) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new FormatException($"{option} is '{value}': its folder must exist; make it first");
        return value;
    }

    private static string Example(string option) => option switch
    {
        "--runs" => "--runs 40",
        "--standbys" => "--standbys 1,5,50",
        "--elections" => "--elections 10,1000",
        "--minutes" => "--minutes 5",
        "--out" => "--out figures.json",
        _ => "--plot figures.svg",
    };
}
