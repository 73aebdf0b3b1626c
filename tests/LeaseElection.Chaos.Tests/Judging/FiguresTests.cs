using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Plans;

namespace LeaseElection.Chaos.Tests.Judging;

public sealed class FiguresTests
{
    [Fact]
    public void Of_OneAfterTheOther_NeverTwo()
    {
        var figures = Of(new("a", [.. Lines.Term(0, 30_000, 1)]), new("b", [.. Lines.Term(30_050, 60_000, 2)]));

        Assert.Empty(figures.Overlaps);
        Assert.Equal(TimeSpan.FromSeconds(60), figures.FaultFree);
        Assert.InRange(figures.Availability, 0.999, 1);
    }

    [Fact]
    public void Of_TwoAtOnce_OneOverlapOfThatLength()
    {
        var figures = Of(new("a", [.. Lines.Term(0, 30_000, null)]), new("b", [.. Lines.Term(20_000, 60_000, null)]));

        var overlap = Assert.Single(figures.Overlaps);
        Assert.Equal(("a", "b", TimeSpan.FromSeconds(10)), (overlap.One, overlap.Other, overlap.Span.Length));
    }

    [Fact]
    public void Of_TwoAtOnceTwice_TwoOverlaps()
    {
        var figures = Of(
            new("a", [.. Lines.Term(0, 60_000, null)]),
            new("b", [.. Lines.Term(10_000, 11_000, null), .. Lines.Term(20_000, 22_000, null)]));

        Assert.Equal(2, figures.Overlaps.Count);
        Assert.Equal(TimeSpan.FromSeconds(2), figures.LongestOverlap);
    }

    [Fact]
    public void Of_OneLineInAnothersWork_IsAnOverlapOfNoLength()
    {
        var figures = Of(new("a", [Lines.Leading(0, 1), Lines.Working(10_000, 1)]), new("b", [.. Lines.Term(5_000, 60_000, 2)]));

        Assert.Equal(TimeSpan.Zero, Assert.Single(figures.Overlaps).Span.Length);
    }

    // Frozen, nobody works: the line before the freeze and the one after it span nothing.
    [Fact]
    public void Of_FrozenInBetween_IsNoWork()
    {
        var figures = Of(
            new WorkerHistory(
                "a", [.. Lines.Term(0, 10_000, 1), Lines.Leading(10_000, 3), Lines.Working(10_300, 3)],
                Freezes: [Lines.Frozen(10_010, 10_290)]),
            new("b", [.. Lines.Term(10_100, 10_200, 2)]));

        Assert.Empty(figures.Overlaps);
    }

    [Fact]
    public void Of_NobodyWorks_IsCountedWhereItIs()
    {
        var run = Runs.Of(new WorkerHistory("a", [.. Lines.Term(0, 20_000, 1)]), new("b", [.. Lines.Term(26_000, 60_000, 2)])) with
        {
            Faults = [Runs.Fault(20_000, 21_000)],
        };

        var figures = Figures.Of(run);

        Assert.Equal(TimeSpan.FromSeconds(1), figures.Faulty);
        Assert.Equal(TimeSpan.FromSeconds(6), figures.Recovery);
        Assert.Equal(TimeSpan.FromSeconds(53), figures.FaultFree);
        Assert.Equal(1, figures.Availability);
        Assert.Equal(TimeSpan.FromSeconds(6), figures.LongestGap);
        Assert.Empty(figures.Stuck);
    }

    [Fact]
    public void Of_FaultsThatRunIntoOneAnother_AreCountedOnce()
    {
        var run = Runs.Of(new WorkerHistory("a", [.. Lines.Term(0, 60_000, 1)])) with { Faults = [Runs.Fault(10_000, 14_000), Runs.Fault(12_000, 15_000)] };

        var figures = Figures.Of(run);

        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)), (figures.Faulty, figures.Recovery));
    }

    [Fact]
    public void Of_FaultThatWasNotDone_IsNoExcuse()
    {
        var run = Runs.Of(new WorkerHistory("a", [.. Lines.Term(0, 20_000, 1)])) with { Faults = [Runs.Fault(20_000, 21_000, FaultKind.Freeze, wasDone: false)] };

        Assert.Equal(TimeSpan.FromSeconds(60), Figures.Of(run).FaultFree);
    }

    [Fact]
    public void Of_NobodyEverAgain_IsStuck()
    {
        var run = Runs.Of(new WorkerHistory("a", [.. Lines.Term(0, 20_000, 1)])) with { Faults = [Runs.Fault(20_000, 21_000)] };

        var stuck = Assert.Single(Figures.Of(run).Stuck);
        Assert.Equal(TimeSpan.FromSeconds(40), stuck.Length);
    }

    private static Figures Of(params WorkerHistory[] lanes) => Figures.Of(Runs.Of(lanes));
}
