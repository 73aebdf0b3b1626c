using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Examples.Tests.Benchmarks.Reports;

public sealed class TargetTests
{
    [Theory]
    [InlineData(2, Bound.AtMost, 2, true)]
    [InlineData(2.01, Bound.AtMost, 2, false)]
    [InlineData(2, Bound.AtLeast, 2, true)]
    [InlineData(1.99, Bound.AtLeast, 2, false)]
    [InlineData(double.NaN, Bound.AtMost, 2, false)]
    [InlineData(double.NaN, Bound.AtLeast, 2, false)]
    [InlineData(double.PositiveInfinity, Bound.AtMost, 2, false)]
    internal void IsMet_TheLimitItself_IsGood(double measured, Bound bound, double limit, bool met) =>
        Assert.Equal(met, new Target("", measured, bound, limit, "ms", IsOfTime: true).IsMet);

    [Theory]
    [InlineData(false, false, Verdict.Missed, 1)]
    [InlineData(false, true, Verdict.Missed, 1)]
    [InlineData(true, false, Verdict.Missed, 1)]
    [InlineData(true, true, Verdict.NotJudged, 0)]
    internal void Verdict_Missed_IsJudgedButForTimesAtTheSmallestSize(bool smallest, bool isOfTime, Verdict verdict, int exitCode)
    {
        var target = new Target("", 3, Bound.AtMost, 2, "", isOfTime);

        Assert.Equal(verdict, target.Verdict(smallest));
        Assert.Equal(exitCode, new Outcome("", [], [], new([], []), [target], []).ExitCode(smallest));
    }

    [Fact]
    public void Rule_SaysBoundLimitAndUnit() =>
        Assert.Equal("at least 100 x", new Target("", 0, Bound.AtLeast, 100, "x", IsOfTime: true).Rule);
}
