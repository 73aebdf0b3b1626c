using LeaseElection.Simulation.Shell.Oracles;
using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Tests.Shell;

public sealed class HostRulesTests
{
    [Fact]
    public void Holder_DoesNotRenew_IsFound() =>
        Assert.Equal([ShellRule.NotRenewed], Judge(static h => h.LastGoodCommit = h.LastGoodSend = Scenes.At(9)));

    [Fact]
    public void Holder_CutOff_NeedNotRenew() => Assert.Empty(Judge(static h =>
    {
        h.LastGoodCommit = h.LastGoodSend = Scenes.At(9);
        h.LastInjury = Scenes.At(9.1);
    }));

    [Fact]
    public void Stop_LongerThanPromised_Hangs() =>
        Assert.Equal([ShellRule.StopHangs], Judge(static h => h.StoppingSince = h.StopCalledAt = Scenes.At(3)));

    [Fact]
    public void Stop_WithinItsTime_IsFine() => Assert.Empty(Judge(static h => h.StoppingSince = h.StopCalledAt = Scenes.At(6)));

    [Fact]
    public void Stop_Hurried_MustNotWaitForTheDrain() => Assert.Equal([ShellRule.StopHangs], Judge(static h =>
    {
        h.StoppingSince = h.StopCalledAt = Scenes.At(9);
        h.StopHurriedAt = Scenes.At(9.5);
    }));

    [Fact]
    public void Health_SilentAboutAnOverrun_Lies() => Assert.Equal([ShellRule.Health], Judge(static h =>
    {
        var term = Scenes.Term(h, ended: true, reason: "SteppedDown");
        Scenes.Part(term).StopCalled = true;
        (term.EndedAt, term.OverrunToldAt) = (Scenes.At(8), Scenes.At(9));
    }));

    [Fact]
    public void Health_SilentAboutABlockedLogger_Lies() =>
        Assert.Equal([ShellRule.Health], Judge(static h => h.ForeignBlockedSince = Scenes.At(6.5)));

    [Fact]
    public void Part_DisposedOfUnderWork_IsFound() =>
        Assert.Equal([ShellRule.Disposal], Judge(static h => Scenes.Part(Scenes.Term(h)).DisposedUnderWork = true));

    [Fact]
    public void Part_DisposedOfTwice_IsFound() =>
        Assert.Equal([ShellRule.Disposal], Judge(static h => Scenes.Part(Scenes.Term(h)).Disposals = 2));

    [Fact]
    public void Part_NeverDisposedOf_IsFoundAtTheEnd() =>
        Assert.Equal([ShellRule.Disposal], Judge(static h => Scenes.Part(Scenes.Term(h)), isEnd: true));

    [Fact]
    public void Scope_DisposedOfUnderWork_IsFound() =>
        Assert.Equal([ShellRule.Disposal], Judge(static h => Scenes.Term(h).ScopeDisposedUnderWork = true));

    [Fact]
    public void Disposal_Throws_IsFound() =>
        Assert.Equal([ShellRule.DisposeThrew], Judge(static h => h.DisposeThrew = "only IAsyncDisposable"));

    [Fact]
    public void Host_TracedByItsStart_IsFound() => Assert.Equal([ShellRule.Traced], Judge(static h => h.IsTraced = true));

    [Fact]
    public void Host_BrokeDown_IsFound() => Assert.Equal([ShellRule.BrokeDown], Judge(static h => h.Logged[21] = Scenes.At(5)));

    [Fact]
    public void Start_WaitsForLeadershipWithoutAWord_IsFound() =>
        Assert.Equal([ShellRule.SilentHang], Judge(static h => h.StartWaitsSince = TimeSpan.Zero, now: 10.01));

    [Fact]
    public void Start_WaitsForLeadershipAndSaysSo_IsFine() => Assert.Empty(Judge(
        static h =>
        {
            h.StartWaitsSince = TimeSpan.Zero;
            h.LastWarning = Scenes.At(5);
        },
        now: 10.01));

    [Theory]
    [InlineData(8.95, 10.95, false)]
    [InlineData(7, 9, true)]
    public void Holder_WhoseLastAnswerCameTooLate_NeedNotRenew(double answeredSend, double holdsUntil, bool isExcused) => Assert.Equal(
        isExcused ? [] : [ShellRule.NotRenewed],
        Judge(h =>
        {
            (h.LastGoodSend, h.LastGoodCommit) = (Scenes.At(8.95), Scenes.At(8.98));
            (h.LastAnsweredSend, h.HoldsUntil) = (Scenes.At(answeredSend), Scenes.At(holdsUntil));
        }));

    [Theory]
    [InlineData(8, ShellRule.HostNotStopped)]
    [InlineData(9.9, null)]
    public void Host_NotAskedToStopWhenWorkOverruns_IsFound(double told, object? found)
    {
        var host = Scenes.Host("a");
        var term = Scenes.Term(host, ended: true, reason: "SteppedDown");
        (term.EndedAt, term.OverrunToldAt) = (Scenes.At(4), Scenes.At(told));

        Assert.Equal(
            found is ShellRule rule ? [rule] : [],
            Scenes.Judge([host], settings: Scenes.Settings with { WhenWorkOverruns = WorkOverrunPolicy.StopHost }));
    }

    [Theory]
    [InlineData(5.7, true)]
    [InlineData(5.9, false)]
    public void Host_LeadsAgainSoonAfterItsWorkFailed_IsFound(double again, bool isFound) => Assert.Equal(
        isFound ? [ShellRule.BackoffTooShort] : [],
        Judge(h =>
        {
            var failed = Scenes.Term(h, ended: true, reason: "WorkFailed");
            (failed.EndedAt, failed.ScopeDisposedAt) = (Scenes.At(4), Scenes.At(5));
            Scenes.Term(h, began: again);
        }));

    private static IReadOnlyList<ShellRule> Judge(Action<HostRecord> change, bool isEnd = false, double now = 10)
    {
        var host = Scenes.Host("a");
        change(host);
        return Scenes.Judge([host], now, isEnd);
    }
}
