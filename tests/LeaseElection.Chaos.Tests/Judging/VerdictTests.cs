using LeaseElection.Chaos.Judging;

namespace LeaseElection.Chaos.Tests.Judging;

/// <summary>Each promise can be seen broken.</summary>
public sealed class VerdictTests
{
    [Fact]
    public void Of_OneAfterTheOther_Holds()
    {
        var verdict = Of(Runs.Of(new("a", [.. Lines.Term(0, 30_000, 1)]), new("b", [.. Lines.Term(30_050, 60_000, 2)])));

        Assert.Empty(verdict.Violations);
        Assert.Equal(2, verdict.Terms);
    }

    [Fact]
    public void Of_TwoAtOnce_IsViolated() => AssertViolated(
        "works inside another's term", Runs.Of(new("a", [.. Lines.Term(0, 30_000, 1)]), new("b", [.. Lines.Term(20_000, 60_000, 2)])));

    [Fact]
    public void Of_TokenDoesNotRise_IsViolated() => AssertViolated(
        "the token does not rise", Runs.Of(new("a", [.. Lines.Term(0, 30_000, 2)]), new("b", [.. Lines.Term(30_050, 60_000, 2)])));

    [Fact]
    public void Of_NobodyWorksInFaultFreeTime_IsViolated() => AssertViolated(
        "someone works in 9", Runs.Of(new("a", [.. Lines.Term(0, 30_000, 1)]), new("b", [.. Lines.Term(33_100, 60_000, 2)])));

    [Fact]
    public void Of_NobodyWorksAfterAFault_IsForgivenForTheRecoveryAlone()
    {
        var run = Runs.Of(new("a", [.. Lines.Term(0, 20_000, 1)]), new("b", [.. Lines.Term(27_000, 60_000, 2)]));

        Assert.Empty(Of(run with { Faults = [Runs.Fault(20_000, 21_000)] }).Violations);
        AssertViolated("someone works in ", run with { Faults = [Runs.Fault(1_000, 2_000)] });
    }

    [Fact]
    public void Of_EndedByItself_IsViolated() => AssertViolated(
        "a ended by itself with exit code 134: overrun",
        Runs.Of(new WorkerHistory("a", [.. Lines.Term(0, 60_000, 1)])) with { Exits = [new("a", 1, 134, "overrun")] });

    [Fact]
    public void Of_DidNotStopWhenAsked_IsViolated() => AssertViolated(
        "a did not end", Runs.Of(new WorkerHistory("a", [.. Lines.Term(0, 60_000, 1)])) with { BadEnds = ["a did not end"] });

    [Fact]
    public void Of_LineAfterAFreeze_IsToldApartAndRefused()
    {
        var late = Lines.Working(20_000, 1);
        var a = new WorkerHistory(
            "a", [.. Lines.Term(0, 10_000, 1).SkipLast(1), late, Lines.Ended(20_001, 1)], Freezes: [Lines.Frozen(10_010, 19_990)]);
        var b = new WorkerHistory("b", [.. Lines.Term(13_000, 60_000, 2)]);

        var verdict = Of(Runs.Of(a, b) with { Faults = [Runs.Fault(10_010, 19_990)], Refused = new HashSet<WorkerLine> { late } });

        Assert.Empty(verdict.Violations);
        Assert.Equal([late], verdict.ToldApart);
        Assert.Equal(1, verdict.ToldApartRefused);
    }

    private static Verdict Of(RunRecord run) => Verdict.Of(run, Figures.Of(run));

    private static void AssertViolated(string expected, RunRecord run) =>
        Assert.Contains(Of(run).Violations, violation => violation.StartsWith(expected, StringComparison.Ordinal));
}
