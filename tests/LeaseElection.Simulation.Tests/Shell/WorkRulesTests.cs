using LeaseElection.Simulation.Shell.Oracles;
using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Tests.Shell;

public sealed class WorkRulesTests
{
    [Fact]
    public void OneAtWork_IsFine()
    {
        var host = Scenes.Host("a");
        Scenes.Part(Scenes.Term(host));

        Assert.Empty(Scenes.Judge([host]));
    }

    [Fact]
    public void TwoAtWork_NothingCostTheOlderItsLease_IsADoubleRun() => Assert.Contains(ShellRule.DoubleRun, Overlap(static _ => { }));

    [Fact]
    public void TwoAtWork_TheOlderWasCutOffAndToldItsOverrun_IsAdmitted() => Assert.Empty(Overlap(static older =>
    {
        older.Host.LastCut = Scenes.At(9);
        older.OverrunToldAt = Scenes.At(9.5);
    }));

    [Fact]
    public void TwoAtWork_TheOlderWasCutOffAndToldNothing_IsADoubleRun() =>
        Assert.Contains(ShellRule.DoubleRun, Overlap(static older => older.Host.LastCut = Scenes.At(9)));

    [Fact]
    public void TwoAtWork_TheOverrunWasToldTooLate_IsADoubleRun() => Assert.Contains(ShellRule.DoubleRun, Overlap(static older =>
    {
        older.Host.LastCut = Scenes.At(9);
        older.OverrunToldAt = Scenes.At(9.95);
    }));

    [Fact]
    public void TwoAtWork_WithinTheAllowanceOfALoss_IsAdmitted() => Assert.Empty(Overlap(static older =>
    {
        older.Host.SpoiltWrites = 2;
        older.EndedAt = Scenes.At(9.8);
    }));

    [Fact]
    public void TwoAtWork_TheOverrunWasToldAtTheEndOfTheLeastAllowance_IsAdmitted() => Assert.Empty(Overlap(static older =>
    {
        older.Host.LastCut = Scenes.At(9);
        (older.EndedAt, older.OverrunToldAt) = (Scenes.At(9.7), Scenes.At(9.95));
    }));

    [Theory]
    [InlineData(9.91, true)]
    [InlineData(9.95, false)]
    public void TwoAtWork_TheOlderLostItsLeaseWhileItDrained_CountsFromThen(double toldAt, bool isAdmitted) =>
        Assert.Equal(isAdmitted, Overlap(older =>
    {
        older.Host.LastCut = Scenes.At(9.4);
        older.Host.HoldsUntil = Scenes.At(9.5);
        older.OverrunToldAt = Scenes.At(toldAt);
    }).Count == 0);

    [Fact]
    public void TwoAtWork_TheLeaseWasTouchedWhileTheOlderDrained_CountsFromTheTermsEnd() =>
        Assert.Contains(ShellRule.DoubleRun, Overlap(static older =>
    {
        older.Host.LeaseTouchedAt = Scenes.At(9.5);
        older.Host.HoldsUntil = Scenes.At(11);
    }));

    [Fact]
    public void TwoAtWork_InADeadProcess_IsNone() => Assert.Empty(Overlap(static older => older.Host.IsDead = true));

    [Fact]
    public void TwoTermsOfOneHost_AreADoubleRun()
    {
        var host = Scenes.Host("a");
        Scenes.Part(Scenes.Term(host, ended: true));
        Scenes.Part(Scenes.Term(host, began: 5));
        host.Terms[0].Parts[0].StopCalled = true;

        Assert.Contains(ShellRule.DoubleRun, Scenes.Judge([host]));
    }

    [Fact]
    public void Release_UnderWork_IsTold()
    {
        var host = Scenes.Host("a");
        host.ReleasedUnder = "part 0";

        Assert.Equal([ShellRule.GivenUpUnderWork], Scenes.Judge([host]));
    }

    private static IReadOnlyList<ShellRule> Overlap(Action<TermRecord> change)
    {
        var (older, newer) = (Scenes.Host("a"), Scenes.Host("b"));
        older.Holds = false;
        older.LastGoodSend = older.LastGoodCommit = older.LastAnsweredSend = Scenes.At(7);
        older.HoldsUntil = Scenes.At(9);
        var first = Scenes.Term(older, began: 1, ended: true, reason: "SteppedDown");
        Scenes.Part(first).StopCalled = true;
        first.EndedAt = Scenes.At(9);
        Scenes.Part(Scenes.Term(newer, began: 9.9));
        older.Health = "Unhealthy";
        change(first);
        return Scenes.Judge([older, newer]);
    }
}
