using LeaseElection.Election.Outputs;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Election;

/// <summary>S5 and S6: the way out.</summary>
public sealed class LeavingTests
{
    private readonly World _world = new();

    [Fact, Scenario(20)]
    public void Stop_WhileLeading_EndsDrainsRenewingThenReleases()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        var b = _world.Started("b");
        a.Stop();
        _world.Settle();

        Assert.Equal([TermEndReason.Stopped], a.Ends);
        _world.Advance(15);
        Assert.Equal(1 + 5, a.Writes.Count);
        Assert.All(a.Writes, w => Assert.Equal("a", w.Write.Spec.HolderIdentity));
        Assert.False(b.IsLeader);

        a.EndWork();
        _world.Settle();
        Assert.True(b.IsLeader);
        Assert.True(a.Finished);
        Assert.Equal([Notice.Released], a.Notices);
    }

    [Fact, Scenario(20)]
    public void Release_HasClientGosForm()
    {
        var a = _world.Started("a");
        _world.Advance(3);
        var last = _world.Server.Lease!.Value;
        a.Stop();
        _world.Settle();

        var released = _world.Server.Lease!.Value;
        Assert.Equal("", released.Spec.HolderIdentity);
        Assert.Equal(1, released.Spec.LeaseDurationSeconds);
        Assert.Equal(0, released.Spec.LeaseTransitions);
        Assert.Equal(released.Spec.AcquireTime, released.Spec.RenewTime);
        Assert.True(released.Spec.RenewTime?.Micro > last.Spec.RenewTime?.Micro);
        Assert.Equal("", released.Mark);
    }

    [Fact]
    public void Stop_WithoutReleaseOnStop_WritesNothing()
    {
        var a = _world.Started("a", s => s with { ReleaseOnStop = false });
        a.Stop();
        _world.Settle();

        Assert.True(a.Finished);
        Assert.Single(a.Writes);
    }

    [Fact, Scenario(21)]
    public void Stop_RenewalInFlight_IsAwaitedThenReleased()
    {
        var a = _world.Started("a");
        a.HoldWrites = true;
        _world.Advance(3);
        a.Stop();
        _world.Settle();
        Assert.Equal(2, a.Writes.Count);

        a.HoldWrites = false;
        a.ReleaseHeldWrite();
        _world.Settle();
        Assert.True(a.Finished);
        Assert.Equal("", _world.Server.Lease!.Value.Spec.HolderIdentity);
    }

    [Fact, Scenario(22, 32)]
    public void Release_ConflictsWithOurOwnLostRenewal_IsReleasedAllTheSame()
    {
        var a = _world.Started("a");
        a.Watches = false;
        a.HoldWrites = true;
        _world.Advance(3);
        a.ReleaseHeldWrite(replyLost: true);
        a.HoldWrites = false;
        a.Stop();
        _world.Settle();
        _world.Advance(1);

        Assert.True(a.Finished);
        Assert.Equal("", _world.Server.Lease!.Value.Spec.HolderIdentity);
    }

    [Fact, Scenario(22, 23)]
    public void Release_ConflictsWithASuccessor_LeavesItUntouched()
    {
        var a = _world.Started("a");
        a.Watches = false;
        var theirs = _world.Server.Edit(s => s with { HolderIdentity = "b", LeaseTransitions = 1 });
        a.Stop();
        _world.Settle();
        _world.Advance(10);

        Assert.True(a.Finished);
        Assert.Equal(theirs, _world.Server.Lease);
        Assert.Equal(2, a.Writes.Count);
    }

    [Fact, Scenario(32)]
    public void Release_ReplyLost_IsNotSentASecondTimeOverASuccessor()
    {
        var a = _world.Started("a");
        var b = _world.Started("b");
        a.Watches = false;
        a.HoldWrites = true;
        a.Stop();
        _world.Settle();
        a.ReleaseHeldWrite(replyLost: true);
        a.HoldWrites = false;
        _world.Advance(5);

        Assert.True(a.Finished);
        Assert.True(b.IsLeader);
        Assert.Empty(b.Ends);
    }

    [Fact]
    public void Release_ServerGone_GivesUpAfterTwoTries()
    {
        var a = _world.Started("a");
        _world.Server.Down = true;
        a.Stop();
        _world.Advance(6);

        Assert.True(a.Finished);
        Assert.Contains(Notice.ReleaseAbandoned, a.Notices);
    }

    [Fact, Scenario(24)]
    public void Drain_WorkDoesNotEnd_IsAnOverrunRenewedAndNeverReleasedUnderIt()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        var b = _world.Started("b");
        a.Stop();
        _world.Advance(19.9);
        Assert.Equal(0, a.Overruns);
        _world.Advance(0.2);
        Assert.Equal(1, a.Overruns);
        Assert.True(a.StopReturned);

        _world.Advance(300);
        Assert.False(b.IsLeader);
        Assert.Equal(1, a.Overruns);
        a.EndWork();
        _world.Settle();
        Assert.True(b.IsLeader);
        Assert.True(a.Finished);
    }

    [Fact, Scenario(24)]
    public void Drain_RenewingFails_IsALossAndNothingIsReleased()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        a.Stop();
        _world.Settle();
        _world.Server.Down = true;
        _world.Advance(10);
        _world.Server.Down = false;
        var writes = a.Writes.Count;
        a.EndWork();
        _world.Advance(5);

        Assert.True(a.Finished);
        Assert.Equal(writes, a.Writes.Count);
    }

    [Fact, Scenario(25)]
    public void Stop_WhileStandby_WritesNothing()
    {
        _world.Started("a");
        var b = _world.Started("b");
        b.Stop();
        _world.Settle();

        Assert.True(b.Finished);
        Assert.Empty(b.Writes);
        Assert.Empty(b.Terms);
        Assert.Equal(1, b.Reads);
    }

    [Fact, Scenario(26)]
    public void StepDown_WithAStandby_TheOtherLeadsAndWeCampaignAgain()
    {
        var a = _world.Started("a");
        var b = _world.Started("b");
        a.StepDown();
        _world.Settle();

        Assert.Equal([TermEndReason.SteppedDown], a.Ends);
        Assert.True(b.IsLeader);
        b.Stop();
        _world.Settle();
        Assert.True(a.IsLeader);
    }

    [Fact, Scenario(26)]
    public void StepDown_Alone_CampaignsAgainAfterRetryPeriod()
    {
        var a = _world.Started("a");
        a.StepDown();
        _world.Advance(1.999);
        Assert.Single(a.Terms);
        _world.Advance(0.001);
        Assert.Equal(2, a.Terms.Count);
    }

    [Fact]
    public void StepDown_WhileStandby_DoesNothing()
    {
        var a = _world.Started("a");
        var b = _world.Started("b");
        b.StepDown();
        _world.Settle();
        a.Stop();
        _world.Settle();

        Assert.True(b.IsLeader);
    }

    [Fact]
    public void Pause_WhileLeading_HandsOverAndStaysOutUntilResumed()
    {
        var a = _world.Started("a");
        var b = _world.Started("b");
        a.Pause();
        _world.Settle();
        Assert.Equal([TermEndReason.Paused], a.Ends);
        Assert.True(b.IsLeader);

        b.Stop();
        _world.Settle();
        _world.Advance(600);
        Assert.Single(a.Terms);
        Assert.Null(_world.Server.Lease?.Spec.HolderIdentity is { Length: > 0 } holder ? holder : null);

        a.Resume();
        _world.Settle();
        Assert.True(a.IsLeader);
    }

    [Fact]
    public void Pause_WhileTheWorkIsDrained_RenewsAndReleasesOnlyThen()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        var b = _world.Started("b");
        a.Pause();
        _world.Advance(12);
        Assert.False(a.IsLeader);
        Assert.Empty(b.Terms);

        a.Resume(); // In the middle: the old term ends all the same, and the next may be ours again.
        a.EndWork();
        _world.Settle();
        Assert.Equal([TermEndReason.Paused], a.Ends);
        Assert.True(a.IsLeader ^ b.IsLeader);
    }

    [Fact]
    public void Pause_WhileStandby_DoesNotCampaignButGoesOnWatching()
    {
        var a = _world.Started("a");
        var b = _world.Started("b");
        b.Pause();
        _world.Settle();
        a.Stop();
        _world.Settle();
        _world.Advance(60);
        Assert.Empty(b.Terms);
        Assert.Empty(b.Writes);

        b.Resume();
        _world.Settle();
        Assert.True(b.IsLeader);
    }

    [Fact]
    public void Pause_BeforeTheStart_BeginsPaused()
    {
        var a = _world.Add("a");
        a.Pause();
        a.Start();
        _world.Advance(60);
        Assert.Empty(a.Writes);

        a.Resume();
        _world.Settle();
        Assert.True(a.IsLeader);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pause_AcquireInFlight_IsAwaitedAndReleasedIfItWon(bool replyLost)
    {
        var a = _world.Add("a");
        a.Watches = !replyLost;
        a.HoldWrites = true;
        a.Start();
        _world.Settle();
        a.Pause();
        _world.Settle();
        Assert.NotNull(a.HeldWrite);
        a.HoldWrites = false;
        a.ReleaseHeldWrite(replyLost: replyLost);
        _world.Settle();
        _world.Advance(60);

        Assert.Empty(a.Terms);
        Assert.Equal("", _world.Server.Lease!.Value.Spec.HolderIdentity);
    }

    [Theory, Scenario(28)]
    [InlineData(false)]
    [InlineData(true)]
    public void Stop_AcquireInFlight_IsAwaitedAndReleasedIfItWon(bool replyLost)
    {
        var a = _world.Add("a");
        a.Watches = !replyLost;
        a.HoldWrites = true;
        a.Start();
        _world.Settle();
        a.Stop();
        _world.Settle();
        Assert.False(a.Finished);

        a.HoldWrites = false;
        a.ReleaseHeldWrite(replyLost: replyLost);
        _world.Advance(1);
        Assert.True(a.Finished);
        Assert.Empty(a.Terms);
        Assert.Equal("", _world.Server.Lease!.Value.Spec.HolderIdentity);
    }

    [Fact, Scenario(28)]
    public void Stop_AcquireInFlightLost_Finishes()
    {
        var a = _world.Add("a");
        a.HoldWrites = true;
        a.Start();
        _world.Settle();
        a.Stop();
        _world.Settle();
        var theirs = _world.Server.Edit(_ => new() { HolderIdentity = "b", LeaseDurationSeconds = 15 });
        a.ReleaseHeldWrite();
        _world.Settle();

        Assert.True(a.Finished);
        Assert.Equal(theirs, _world.Server.Lease);
    }

    [Fact]
    public void Stop_BeforeStart_FinishesAtOnce()
    {
        var a = _world.Add("a");
        a.Stop();
        _world.Settle();

        Assert.True(a.Finished);
        Assert.DoesNotContain(a.Log, e => e.Kind is EffectKind.Read or EffectKind.Write);
    }

    [Fact, Scenario(44)]
    public void Work_Fails_ReleasesAndBacksOffLongerEachTime()
    {
        var a = _world.Started("a");
        double[] most = [1, 2, 4, 8, 16, 32, 60, 60];
        foreach (var seconds in most)
        {
            var terms = a.Terms.Count;
            a.FailWork();
            _world.Settle();
            Assert.Equal("", _world.Server.Lease!.Value.Spec.HolderIdentity);
            _world.Advance(seconds * 0.79);
            Assert.Equal(terms, a.Terms.Count);
            _world.Advance(seconds * 0.21);
            Assert.Equal(terms + 1, a.Terms.Count);
        }

        Assert.All(a.Ends, e => Assert.Equal(TermEndReason.WorkFailed, e));
    }

    [Fact, Scenario(44)]
    public void Work_FailsAfterAHealthyTerm_BacksOffFromTheBeginning()
    {
        var a = _world.Started("a");
        a.FailWork();
        _world.Advance(1);
        _world.Advance(60);
        a.FailWork();
        _world.Advance(1);

        Assert.Equal(3, a.Terms.Count);
    }

    [Fact, Scenario(44)]
    public void Work_FailsUnderStopHost_ReleasesStopsTheHostAndCampaignsNoMore()
    {
        var a = _world.Started("a", s => s with { WhenWorkFails = WorkFailurePolicy.StopHost });
        a.FailWork();
        _world.Settle();

        Assert.True(a.HostStopped);
        Assert.True(a.Finished);
        Assert.Equal("", _world.Server.Lease!.Value.Spec.HolderIdentity);
    }

    [Fact, Scenario(44)]
    public void Work_ReturnsEarly_KeepsLeadingWithoutWork()
    {
        var a = _world.Started("a");
        a.EndWork();
        _world.Advance(30);

        Assert.True(a.IsLeader);
        Assert.Single(a.Terms);
        a.Stop();
        _world.Settle();
        Assert.True(a.Finished);
    }

    [Fact, Scenario(44)]
    public void Work_ReturnsEarlyUnderResign_ReleasesAndLeaves()
    {
        var a = _world.Started("a", s => s with { WhenWorkCompletes = WorkCompletionPolicy.Resign });
        a.EndWork();
        _world.Settle();

        Assert.Equal([TermEndReason.WorkCompleted], a.Ends);
        Assert.True(a.Finished);
        Assert.Equal("", _world.Server.Lease!.Value.Spec.HolderIdentity);
    }

    [Fact, Scenario(55)]
    public void Part_FailsWhileAnotherIsDeaf_TheTermEndsThenAndTheDrainCountsFromThen()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        _world.Advance(1);
        a.FailWork();
        _world.Settle();
        Assert.Equal([TermEndReason.WorkFailed], a.Ends);

        _world.Advance(19.9);
        Assert.Equal(0, a.Overruns);
        _world.Advance(0.1);
        Assert.Equal(1, a.Overruns);
        _world.Advance(30);
        Assert.Equal("a", _world.Server.Lease!.Value.Spec.HolderIdentity);
        a.EndWork();
        _world.Settle();
        Assert.Equal("", _world.Server.Lease!.Value.Spec.HolderIdentity);
    }

    [Fact, Scenario(58)]
    public void Drain_OfNoTime_IsOneTick()
    {
        var a = _world.Started("a", s => s with { DrainTimeout = TimeSpan.Zero });
        a.WorkStopsAtOnce = false;
        a.StepDown();
        _world.Advance(0.249);
        Assert.Equal(0, a.Overruns);
        _world.Advance(0.001);
        Assert.Equal(1, a.Overruns);
    }

    [Fact, Scenario(58)]
    public void Loss_WithoutAnAllowance_IsOneTick()
    {
        var a = _world.Started("a", s => s with { RenewDeadline = s.LeaseDuration / 1.25 });
        a.WorkStopsAtOnce = false;
        _world.Server.Delete();
        _world.Settle();
        Assert.Equal([TermEndReason.LeaseDeleted], a.Ends);
        _world.Advance(0.2);
        Assert.Equal(0, a.Overruns);
        _world.Advance(0.1);
        Assert.Equal(1, a.Overruns);
    }

    [Fact, Scenario(44)]
    public void Work_IgnoresTheLoss_IsAnOverrunAndHoldsUpTheNextTerm()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        _world.Server.Down = true;
        _world.Advance(10);
        _world.Server.Down = false;
        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);
        _world.Advance(1.999);
        Assert.Equal(0, a.Overruns);
        _world.Advance(0.001);
        Assert.Equal(1, a.Overruns);

        _world.Advance(60);
        Assert.Single(a.Terms);
        a.EndWork();
        _world.Advance(2.1);
        Assert.Equal(2, a.Terms.Count);
    }

    [Fact, Scenario(44)]
    public void Stop_WhileLostWorkOverruns_Returns()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        _world.Server.Delete();
        _world.Advance(3);
        Assert.Equal(1, a.Overruns);
        a.Stop();
        _world.Settle();

        Assert.True(a.StopReturned);
        Assert.False(a.Finished);
        a.EndWork();
        _world.Settle();
        Assert.True(a.Finished);
    }
}
