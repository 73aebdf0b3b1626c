namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>The oracle can fail, and does so for the right reason.</summary>
public sealed class WorkerOracleTests
{
    [Fact]
    public void Judge_OneTermAfterTheOther_Holds()
    {
        var a = new WorkerHistory("a", [Leading(10, 1), Working(11, 1), Working(12, 1), Ended(13, 1), Leading(30, 3), Ended(31, 3)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(21, 2), Ended(22, 2)]);

        var oracle = WorkerOracle.Judge([a, b]);

        oracle.AssertHolds();
        Assert.Equal(3, oracle.Terms);
        Assert.Empty(oracle.ToldApart);
    }

    [Fact]
    public void Judge_WorksInsideAnothersTerm_Fails()
    {
        var a = new WorkerHistory("a", [Leading(10, 1), Working(11, 1), Working(21, 1), Ended(40, 1)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Ended(22, 2)]);

        AssertViolation("works inside another's term: a:", a, b);
    }

    [Fact]
    public void Judge_WorksBeforeAnothersWorkHasEnded_Fails()
    {
        var a = new WorkerHistory("a", [Leading(10, 1), Working(11, 1), Ended(22, 1)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(21, 2), Ended(23, 2)]);

        AssertViolation("works inside another's term: b:", a, b);
    }

    [Fact]
    public void Judge_WorksInsideATermOfAKilledOne_Fails()
    {
        var a = new WorkerHistory("a", [Leading(10, 1), Working(11, 1), Working(22, 1)], WasKilled: true);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(21, 2), Ended(23, 2)]);

        AssertViolation("works inside another's term: b:", a, b);
    }

    [Fact]
    public void Judge_WorksAfterTheLastLineOfAKilledOne_Holds()
    {
        var a = new WorkerHistory("a", [Leading(10, 1), Working(11, 1)], WasKilled: true);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(21, 2), Ended(23, 2)]);

        WorkerOracle.Judge([a, b]).AssertHolds();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Judge_TokenDoesNotRise_Fails(long second)
    {
        var a = new WorkerHistory("a", [Leading(10, 2), Ended(13, 2)]);
        var b = new WorkerHistory("b", [Leading(20, second), Ended(22, second)]);

        AssertViolation("the token does not rise", b, a);
    }

    [Fact]
    public void Judge_TokenOfAnotherTerm_Fails() => AssertViolation(
        "not of the term that runs (1)", new WorkerHistory("a", [Leading(10, 1), Working(11, 2), Ended(12, 1)]));

    [Fact]
    public void Judge_WorksAfterTheEnd_Fails() => AssertViolation(
        "not of the term that runs (none)", new WorkerHistory("a", [Leading(10, 1), Ended(11, 1), Working(12, 1)]));

    [Fact]
    public void Judge_TermInATerm_Fails() => AssertViolation(
        "a term begins in another", new WorkerHistory("a", [Leading(10, 1), Leading(11, 2), Ended(12, 2)]));

    [Fact]
    public void Judge_TermWithoutToken_Fails() => AssertViolation(
        "a term without a token", new WorkerHistory("a", [Leading(10, 1) with { FencingToken = null }]));

    [Fact]
    public void Judge_NeitherEndedNorKilled_Fails() => AssertViolation(
        "a term without an end", new WorkerHistory("a", [Leading(10, 1), Working(11, 1)]));

    [Fact]
    public void Judge_GoesBackInTime_Fails() => AssertViolation(
        "goes back in time", new WorkerHistory("a", [Leading(10, 1), Working(12, 1), Working(11, 1), Ended(13, 1)]));

    [Fact]
    public void Judge_FirstLineAfterAFreeze_IsToldApart()
    {
        var late = Working(25, 1);
        var a = new WorkerHistory("a", [Leading(10, 1), Working(11, 1), late, Ended(26, 1)], Freezes: [new(12, 24)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(21, 2), Working(25, 2), Ended(30, 2)]);

        var oracle = WorkerOracle.Judge([a, b]);

        oracle.AssertHolds();
        Assert.Equal([late], oracle.ToldApart);
    }

    [Fact]
    public void Judge_SecondLineAfterAFreeze_Fails()
    {
        var a = new WorkerHistory(
            "a", [Leading(10, 1), Working(11, 1), Working(25, 1), Working(26, 1), Ended(27, 1)], Freezes: [new(12, 24)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(21, 2), Ended(30, 2)]);

        AssertViolation("works inside another's term: a:", a, b);
    }

    [Fact]
    public void Judge_LineInsideAFreeze_IsNotToldApart()
    {
        var a = new WorkerHistory("a", [Leading(10, 1), Working(11, 1), Working(21, 1), Ended(27, 1)], Freezes: [new(12, 24)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(22, 2), Ended(30, 2)]);

        AssertViolation("works inside another's term: a:", a, b);
    }

    [Fact]
    public void Judge_TermGoesOnAfterAFreeze_Covers()
    {
        var a = new WorkerHistory(
            "a", [Leading(10, 1), Working(11, 1), Working(25, 1), Working(27, 1), Ended(28, 1)], Freezes: [new(12, 24)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(26, 2), Ended(26, 2)]);

        AssertViolation("works inside another's term: b:", a, b);
    }

    [Fact]
    public void Judge_LateLineWithATokenThatIsNotSuperseded_Fails()
    {
        var a = new WorkerHistory("a", [Leading(10, 3), Working(11, 3), Working(25, 3), Ended(26, 3)], Freezes: [new(12, 24)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(25, 2), Ended(30, 2)]);

        AssertViolation("past its check with a token that is not superseded: a:", a, b);
    }

    [Fact]
    public void Judge_FrozenBeforeItSaidThatItLeads_IsToldApart()
    {
        var late = Leading(25, 1);
        var a = new WorkerHistory("a", [late, Ended(26, 1)], Freezes: [new(5, 24)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(25, 2), Ended(30, 2)]);

        var oracle = WorkerOracle.Judge([a, b]);

        oracle.AssertHolds();
        Assert.Equal([late], oracle.ToldApart);
        Assert.Equal(1, oracle.Terms);
    }

    [Fact]
    public void Judge_FrozenBeforeItSaidThatItLeadsAndThenWorks_Fails()
    {
        var a = new WorkerHistory("a", [Leading(25, 1), Working(26, 1), Ended(27, 1)], Freezes: [new(5, 24)]);
        var b = new WorkerHistory("b", [Leading(20, 2), Working(21, 2), Ended(30, 2)]);

        AssertViolation("the token does not rise", a, b);
        AssertViolation("works inside another's term: a:", a, b);
    }

    private static void AssertViolation(string expected, params WorkerHistory[] workers) =>
        Assert.Contains(WorkerOracle.Judge(workers).Violations, v => v.StartsWith(expected, StringComparison.Ordinal));

    private static WorkerLine Leading(long at, long token) => Line(at, WorkerEvent.Leading, token);

    private static WorkerLine Working(long at, long token) => Line(at, WorkerEvent.Working, token);

    private static WorkerLine Ended(long at, long token) => Line(at, WorkerEvent.Ended, token);

    private static WorkerLine Line(long at, WorkerEvent what, long token) =>
        new(DateTimeOffset.UnixEpoch, at, "x", what, Leader: null, token, Reason: null);
}
