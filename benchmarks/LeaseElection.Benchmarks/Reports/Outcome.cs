using LeaseElection.Benchmarks.Measuring.Statistics;

namespace LeaseElection.Benchmarks.Reports;

/// <summary>All that came of measuring one thing.</summary>
/// <param name="Title">Of table and plot.</param>
/// <param name="Series">Every sample.</param>
/// <param name="Plotted">Of which series a plot is made, by what they are of; all of one unit.</param>
/// <param name="Table">What is shown.</param>
/// <param name="Targets">What is promised.</param>
/// <param name="Notes">What a reader has to know: what was left out, how something is counted.</param>
internal sealed record Outcome(
    string Title,
    IReadOnlyList<Series> Series,
    IReadOnlyList<string> Plotted,
    TextTable Table,
    IReadOnlyList<Target> Targets,
    IReadOnlyList<string> Notes)
{
    /// <summary>1 where a target is missed.</summary>
    public int ExitCode(bool smallest) => Targets.Any(target => target.Verdict(smallest) is Verdict.Missed) ? 1 : 0;
}
