using LeaseElection.Diagnostics;
using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Hosts;
using LeaseElection.Simulation.Shell.Oracles;

namespace LeaseElection.Simulation.Tests.Shell;

public sealed class TermRulesTests
{
    [Fact]
    public void Part_FailedAndTheTermGoesOn_IsASilentLeader()
    {
        var host = Scenes.Host("a");
        Scenes.Part(Scenes.Term(host), works: false).FailedAt = Scenes.At(10);

        Assert.Equal([ShellRule.SilentLeader], Scenes.Judge([host]));
    }

    [Theory]
    [InlineData(9.7, true)]
    [InlineData(9.8, false)]
    public void Part_FailedWhileItsStartHoldsTheThread_IsSoonNoticed(double failed, bool isFound)
    {
        var host = Scenes.Host("a");
        var part = Scenes.Part(Scenes.Term(host), works: false);
        (part.FailedAt, part.StartEnded) = (Scenes.At(failed), false);

        Assert.Equal(isFound ? [ShellRule.SilentLeader] : [], Scenes.Judge([host]));
    }

    [Fact]
    public void Part_FailedAndNoLineSaysSo_IsTold()
    {
        var host = Scenes.Host("a");
        var part = Scenes.Part(Scenes.Term(host, ended: true, reason: "WorkFailed"), works: false);
        (part.FailedAt, part.StopCalled) = (Scenes.At(10), true);

        Assert.Equal([ShellRule.FailureNotLogged], Scenes.Judge([host]));
    }

    [Fact]
    public void Part_FailedTermEndedAndLogged_IsFine()
    {
        var host = Scenes.Host("a");
        var part = Scenes.Part(Scenes.Term(host, ended: true, reason: "WorkFailed"), works: false);
        (part.FailedAt, part.StopCalled) = (Scenes.At(10), true);
        host.Logged[13] = Scenes.At(10);

        Assert.Empty(Scenes.Judge([host]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Part_NotTold_IsFound(bool isFunction)
    {
        var host = Scenes.Host("a");
        Scenes.Part(Scenes.Term(host, ended: true, reason: "SteppedDown"), isFunction).IsTold = static () => false;

        Assert.Equal([ShellRule.NotTold], Scenes.Judge([host]));
    }

    [Fact]
    public void Part_WhoseStartGoesOn_NeedNotBeToldYet()
    {
        var host = Scenes.Host("a");
        Scenes.Part(Scenes.Term(host, ended: true, reason: "SteppedDown")).StartEnded = false;

        Assert.Empty(Scenes.Judge([host]));
    }

    [Fact]
    public void Term_PastItsDeadline_IsTooLong()
    {
        var host = Scenes.Host("a", now: 7);
        host.Holds = false;
        Scenes.Part(Scenes.Term(host));

        Assert.Equal([ShellRule.TermTooLong], Scenes.Judge([host]));
    }

    [Fact]
    public void Overrun_ToldAtOnce_IsTooSoon() => Assert.Equal([ShellRule.OverrunTooSoon], Overrun(ended: 9, told: 9.1));

    [Fact]
    public void Overrun_ToldAfterATick_IsFine() => Assert.Empty(Overrun(ended: 9, told: 9.3));

    [Fact]
    public void Overrun_NeverTold_IsFound() => Assert.Equal([ShellRule.OverrunNotTold], Overrun(ended: 5, told: null));

    [Fact]
    public void Term_GoesOnAfterTheWallClockJumped_IsTooLong()
    {
        var host = Scenes.Host("a");
        host.JumpedAt = Scenes.At(9);
        Scenes.Part(Scenes.Term(host));

        Assert.Equal([ShellRule.TermTooLong], Scenes.Judge([host]));
    }

    [Theory]
    [InlineData(0, ShellRule.LostWithoutCause)]
    [InlineData(1, ShellRule.LostWithoutCause)]
    [InlineData(2, null)]
    public void Term_Lost_NeedsACause(int spoiltWrites, object? found)
    {
        var host = Scenes.Host("a");
        host.SpoiltWrites = spoiltWrites;
        Scenes.Part(Scenes.Term(host, ended: true, reason: "DeadlinePassed"), works: false).StopCalled = true;

        Assert.Equal(found is ShellRule rule ? [rule] : [], Scenes.Judge([host]));
    }

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(1.1, false)]
    public void Term_LostByAnEdit_NeedsOneAfterTheServerHadItAsHolder(double edited, bool isFound)
    {
        var host = Scenes.Host("a");
        host.Commits[1007] = Scenes.At(1);
        host.LeaseTouchedAt = Scenes.At(edited);
        Scenes.Part(Scenes.Term(host, began: 1.2, ended: true, reason: "LeaseEdited", token: 1007), works: false).StopCalled = true;
        Assert.Equal(isFound ? [ShellRule.LostWithoutCause] : [], Scenes.Judge([host]));
    }

    [Theory]
    [InlineData(9.9, true)]
    [InlineData(10.1, false)]
    public void Term_LostAfterTwoSpoiltWrites_NeedsAnAnswerThatCameTooLate(double answered, bool isFound)
    {
        var host = Scenes.Host("a");
        (host.HoldsUntil, host.SpoiltWrites) = (Scenes.At(10), 2);
        host.Answered(Scenes.At(9.8), Scenes.At(answered), Scenes.Settings.RenewDeadline);
        Scenes.Part(Scenes.Term(host, ended: true, reason: "DeadlinePassed"), works: false).StopCalled = true;
        Assert.Equal(isFound ? [ShellRule.LostWithoutCause] : [], Scenes.Judge([host]));
    }

    [Theory]
    [InlineData(9.6, true)]
    [InlineData(9.9, false)]
    public void Term_GoesOnThoughTheHostIsStopping_IsFound(double since, bool isFound)
    {
        var host = Scenes.Host("a");
        host.StoppingSince = Scenes.At(since);
        Scenes.Part(Scenes.Term(host));
        Assert.Equal(isFound ? [ShellRule.StopNotNoticed] : [], Scenes.Judge([host]));
    }

    [Fact]
    public void Overrun_ToldAtOnceWhenTheWallClockJumped_IsFine() => Assert.Empty(Overrun(ended: 9, told: 9.1, jumped: 9.05));

    [Fact]
    public void Overrun_ToldLate_BelongsToTheTermWhoseTokenTheLineNames()
    {
        var host = Scenes.Host("a");
        var (older, newer) = (Scenes.Term(host, token: 1007), Scenes.Term(host, token: 1009));
        var time = new WorldTime();
        using var witness = new WitnessLogger(host, time, new(time, isKept: false));
        ElectionLog.Overrun(witness, "lease", "a", 1007, WorkOverrunPolicy.Log);
        Assert.Equal((TimeSpan.Zero, null), (older.OverrunToldAt, newer.OverrunToldAt));
    }

    private static IReadOnlyList<ShellRule> Overrun(double ended, double? told, double? jumped = null)
    {
        var host = Scenes.Host("a");
        host.Health = "Unhealthy";
        host.JumpedAt = jumped is { } jump ? Scenes.At(jump) : null;
        var term = Scenes.Term(host, ended: true, reason: "SteppedDown");
        Scenes.Part(term).StopCalled = true;
        (term.EndedAt, term.OverrunToldAt) = (Scenes.At(ended), told is { } at ? Scenes.At(at) : null);
        return Scenes.Judge([host]);
    }

    [Fact]
    public void Hook_NotCalled_IsForgotten()
    {
        var host = Scenes.Host("a");
        Scenes.Part(Scenes.Term(host)).HasHooks = true;

        Assert.Equal([ShellRule.HookForgotten], Scenes.Judge([host]));
    }
}
