using System.Globalization;

namespace LeaseElection.Benchmarks.Reports;

/// <summary>What is promised, and what came of it.</summary>
/// <param name="Name">What is bounded, in words.</param>
/// <param name="Measured">The figure.</param>
/// <param name="Bound">Which side of the limit is good.</param>
/// <param name="Limit">The limit; itself good.</param>
/// <param name="Unit">Of both.</param>
/// <param name="IsOfTime">Whether another machine or another hour may give another answer: such a target is not judged at the smallest
/// size.</param>
internal sealed record Target(string Name, double Measured, Bound Bound, double Limit, string Unit, bool IsOfTime)
{
    // A figure that is none is never good.
    public bool IsMet => Bound is Bound.AtMost ? Measured <= Limit : Measured >= Limit;

    public Verdict Verdict(bool smallest) =>
        smallest && IsOfTime ? Reports.Verdict.NotJudged : IsMet ? Reports.Verdict.Met : Reports.Verdict.Missed;

    public string Rule =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Bound is Bound.AtMost ? "at most" : "at least")} {Figures.Short(Limit)}{(Unit.Length > 0 ? " " : "")}{Unit}");
}
