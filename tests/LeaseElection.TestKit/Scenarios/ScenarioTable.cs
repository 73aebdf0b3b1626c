using System.Globalization;
using System.Text.RegularExpressions;

namespace LeaseElection.TestKit;

/// <summary>docs/scenarios.md: which scenario is tested where. M: on the machine; E: on the embedded server; R: on a real one.</summary>
/// <param name="Places">The places of every scenario, by its number.</param>
public sealed partial record ScenarioTable(IReadOnlyDictionary<int, IReadOnlySet<char>> Places)
{
    /// <summary>Reads the repository's own, from the test's folder upwards.</summary>
    public static ScenarioTable Read() => Parse(File.ReadLines(Repository.PathOf("docs", "scenarios.md")));

    /// <summary>Takes the rows that begin with a number and end with places.</summary>
    public static ScenarioTable Parse(IEnumerable<string> lines) => new(lines
        .Select(line => Row().Match(line))
        .Where(row => row.Success)
        .ToDictionary(
            row => int.Parse(row.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
            row => (IReadOnlySet<char>)row.Groups["places"].Value.Where(char.IsLetter).ToHashSet()));

    [GeneratedRegex(@"^\|\s*(?<number>\d+)\s*\|.*\|\s*(?<places>[MER](\s+[MER])*)\s*\|\s*$")]
    private static partial Regex Row();
}
