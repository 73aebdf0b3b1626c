using System.Globalization;
using Spectre.Console;

namespace LeaseElection.Benchmarks.Scale;

/// <summary><c>scale</c>: its arguments, its table, its targets.</summary>
internal static class ScaleCommand
{
    public const string Usage = """
          scale [--counts 10,100,1000] [--seconds 60] [--electors ours,kubernetesclient] [--smallest]
                many elections in one process against another process: processor, memory, connections, lost terms
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var (counts, seconds, electors) = (new List<int> { 10, 100, 1000 }, 60, new List<string> { "ours", "kubernetesclient" });
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--smallest")
            {
                (counts, seconds, electors) = ([10], 5, ["ours"]);
                continue;
            }

            var value = i + 1 < args.Count ? args[i + 1] : throw new FormatException($"{args[i]} needs a value");
            switch (args[i++])
            {
                case "--counts":
                    counts = [.. value.Split(',').Select(static c => Whole("--counts", c))];
                    break;
                case "--seconds":
                    seconds = Whole("--seconds", value);
                    break;
                case "--electors":
                    electors = [.. value.Split(',')];
                    if (electors.Except(["ours", "kubernetesclient"]).FirstOrDefault() is { } unknown)
                        throw new FormatException($"--electors has '{unknown}': it must be ours or kubernetesclient");
                    break;
                default:
                    throw new FormatException($"unknown option '{args[i - 1]}'; --help lists them");
            }
        }

        var run = new ScaleRun(TimeSpan.FromSeconds(seconds), static text => Console.Error.WriteLine($"scale: {text}"));
        var figures = await run.RunAsync(counts, electors, cancellationToken);
        Show(figures);
        return Judge(figures) ? 0 : 1;
    }

    private static int Whole(string option, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{option} is '{value}': it must be a whole number above 0");

    private static void Show(IReadOnlyList<ScaleFigure> figures)
    {
        var table = new Table().AddColumns("elections", "elector", "cores, leader", "cores, standby", "cores, server", "memory, leader", "connections", "lost terms");
        foreach (var f in figures)
        {
            table.AddRow(
                $"{f.Elections}", f.Elector, Cores(f.LeaderCores), Cores(f.StandbyCores), Cores(f.ServerCores),
                string.Create(CultureInfo.InvariantCulture, $"{f.LeaderResident / 1e6:F0} MB"), $"{f.LeaderConnections} + {f.StandbyConnections}", $"{f.Lost}");
        }

        AnsiConsole.Write(table);
        foreach (var group in figures.GroupBy(f => f.Elector).Where(g => g.Count() > 1))
        {
            var (few, many) = (group.MinBy(f => f.Elections)!, group.MaxBy(f => f.Elections)!);
            AnsiConsole.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key}: {(many.LeaderResident - few.LeaderResident) / (many.Elections - few.Elections) / 1000.0:F1} kB an election, from {few.Elections} to {many.Elections}"));
        }
    }

    private static string Cores(double cores) => cores.ToString("P1", CultureInfo.InvariantCulture);

    // At 1,000: a fifth of a core, 4 connections, no lost term. Below, the same but for the processor, which does not say much.
    private static bool Judge(IReadOnlyList<ScaleFigure> figures)
    {
        var missed = figures.Where(f => f.Elector == "ours").SelectMany(Missed).ToList();
        foreach (var what in missed)
            AnsiConsole.WriteLine($"missed: {what}");
        return missed.Count == 0;
    }

    private static IEnumerable<string> Missed(ScaleFigure f)
    {
        if (f.Lost > 0)
            yield return $"{f.Lost} of {f.Elections} terms were lost";
        if (Math.Max(f.LeaderConnections, f.StandbyConnections) > 4)
            yield return $"{Math.Max(f.LeaderConnections, f.StandbyConnections)} connections for {f.Elections} elections, more than 4";
        if (f.Elections >= 1000 && f.LeaderCores > 0.2)
            yield return $"{Cores(f.LeaderCores)} of a core for {f.Elections} elections, more than a fifth";
    }
}
