using System.CommandLine;

namespace LeaseElection.Benchmarks.CommandLine;

/// <summary>The options; each what takes some of the sizes, and all that every what has.</summary>
internal static class BenchmarkOptions
{
    public static Option<int?> Runs { get; } = new("--runs")
    {
        HelpName = "N",
        Description = "How often each case is measured, 1 to 10000; peers that are slow at it less often",
        CustomParser = static given => OptionValues.Whole(given, 1, 10_000, "--runs 40"),
    };

    public static Option<IReadOnlyList<int>?> Standbys { get; } = new("--standbys")
    {
        HelpName = "LIST",
        Description = "The numbers of standbys, each 1 to 200, for example 1,5,50",
        CustomParser = static given => OptionValues.List(given, 200, "--standbys 1,5,50"),
    };

    public static Option<IReadOnlyList<int>?> Elections { get; } = new("--elections")
    {
        HelpName = "LIST",
        Description = "The numbers of elections in a process, each 1 to 20000; above 1000 on the embedded server",
        CustomParser = static given => OptionValues.List(given, 20_000, "--elections 10,1000"),
    };

    public static Option<TimeSpan?> Minutes { get; } = new("--minutes")
    {
        HelpName = "M",
        Description = "How long a steady state is watched, 0.1 to 60",
        CustomParser = static given => OptionValues.Minutes(given, "--minutes 5"),
    };

    public static Option<string?> Out { get; } = new("--out")
    {
        HelpName = "FILE.json",
        Description = "Writes machine, date, command, every sample and every target",
        CustomParser = static given => OptionValues.FileName(given, ".json", "--out figures.json"),
    };

    public static Option<string?> Plot { get; } = new("--plot")
    {
        HelpName = "FILE.svg",
        Description = "Writes a plot",
        CustomParser = static given => OptionValues.FileName(given, ".svg", "--plot figures.svg"),
    };

    public static Option<bool> Smallest { get; } = new("--smallest")
    {
        Description = "Everything as small as it can be; targets of time are not judged, and a peer whose program is missing is left out",
    };

    /// <summary>Gets those that every what has.</summary>
    public static IReadOnlyList<Option> OfAll { get; } = [Out, Plot, Smallest];

    /// <summary>Gets those that say how much is measured.</summary>
    public static IReadOnlyList<Option> Sizes { get; } = [Runs, Standbys, Elections, Minutes];
}
