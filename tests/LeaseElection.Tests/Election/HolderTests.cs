using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Leases;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Election;

public sealed class HolderTests
{
    private readonly World _world = new();

    [Fact]
    public void Renewals_FirstOfATermComesEarly_TheOthersAnIntervalApart()
    {
        var a = _world.Started("a", s => s with { FirstRenewal = 0.5 });
        _world.Advance(1.4);
        Assert.Single(a.Writes);
        _world.Advance(0.2);
        Assert.Equal(2, a.Writes.Count);
        _world.Advance(2.8);
        Assert.Equal(2, a.Writes.Count);
        _world.Advance(0.2);
        Assert.Equal(3, a.Writes.Count);
    }

    [Fact, Scenario(8)]
    public void Holder_SteadyState_OnePutPerIntervalAndNoGet()
    {
        var a = _world.Started("a");
        var reads = a.Reads;
        _world.Advance(60);

        Assert.Equal(1 + 20, a.Writes.Count);
        Assert.Equal(reads, a.Reads);
        Assert.Single(a.WatchesFrom);
        Assert.True(a.IsLeader);
        Assert.All(a.Writes.Zip(a.Writes.Skip(1)), pair => Assert.True(pair.First.Write.Spec.RenewTime?.Micro < pair.Second.Write.Spec.RenewTime?.Micro));
    }

    [Fact]
    public void Renewal_WallClockStepsBack_RenewTimeStillRisesByTheTimePassed()
    {
        var a = _world.Started("a");
        var before = a.LastWrite.Spec.RenewTime!.Value.Micro!.Value;
        a.WallOffset = TimeSpan.FromHours(-1);
        _world.Advance(3);

        Assert.Equal(3_000_000, a.LastWrite.Spec.RenewTime!.Value.Micro!.Value.Microseconds - before.Microseconds);
    }

    [Fact, Scenario(9)]
    public void Renewal_LabelsEdited_KeepsTheTermAndTheLabel()
    {
        var a = _world.Started("a");
        a.Watches = false;
        _world.Server.EditLabels("foreign");
        _world.Advance(3);

        Assert.True(a.IsLeader);
        Assert.Single(a.Terms);
        Assert.Equal(2, a.Reads);
        Assert.Equal("foreign", a.LastWrite.Rest);
        Assert.Equal(_world.Server.Version, _world.Server.Lease!.Value.Version);
    }

    [Fact]
    public void Renewal_LabelsEditedAndSeenByTheWatch_NeedsNoGet()
    {
        var a = _world.Started("a");
        _world.Server.EditLabels("foreign");
        _world.Advance(3);

        Assert.Equal(1, a.Reads);
        Assert.Equal("foreign", a.LastWrite.Rest);
    }

    [Fact, Scenario(10)]
    public void Renewal_ConflictWithAnotherHolder_StepsDownAtOnce()
    {
        var a = _world.Started("a");
        a.Watches = false;
        Steal("b");
        _world.Advance(3);

        Assert.False(a.TermActive);
        Assert.Equal([TermEndReason.Superseded], a.Ends);
        Assert.Equal("b", a.Leaders[^1]);
    }

    [Fact, Scenario(30)]
    public void ServerGone_ForLessThanTheMargin_SameTermGoesOn()
    {
        var a = _world.Started("a");
        _world.Advance(2.999);
        _world.Server.Down = true;
        _world.Advance(5);
        _world.Server.Down = false;
        _world.Advance(2);

        Assert.True(a.IsLeader);
        Assert.Single(a.Terms);
        Assert.Empty(a.Ends);
    }

    [Fact, Scenario(31)]
    public void ServerGone_ForLonger_EndsAtSendPlusDeadlineAndCampaignsAgain()
    {
        var a = _world.Started("a");
        _world.Advance(3);
        _world.Server.Down = true;
        _world.Advance(9.999);
        Assert.True(a.IsLeader);
        _world.Advance(0.001);
        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);

        _world.Advance(30);
        _world.Server.Down = false;
        _world.Advance(2.5);
        Assert.True(a.IsLeader);
        Assert.Equal(2, a.Terms.Count);
        Assert.True(a.Terms[1].Token > a.Terms[0].Token);
    }

    [Theory, Scenario(53)]
    [InlineData(2, true)]
    [InlineData(12, false)]
    public void Refused_AfterARestartOfTheServer_SameTermGoesOnIfThatPassesInTime(double seconds, bool goesOn)
    {
        var a = _world.Started("a");
        _world.Advance(2.999);
        _world.Server.Refuses = true;
        _world.Advance(seconds);
        Assert.True(a.Writes.Count > 3, $"{a.Writes.Count} tries in {seconds} s are not the normal pace");
        _world.Server.Refuses = false;
        _world.Advance(2);

        Assert.Equal(goesOn, a.IsLeader && a.Ends.Count == 0);
        // A lost term comes back slowly: somebody has to change something first.
        _world.Advance(12);
        Assert.True(a.IsLeader);
        Assert.Equal(goesOn ? 1 : 2, a.Terms.Count);
    }

    [Fact, Scenario(33)]
    public void Responses_TakeJustUnderTheirTimeout_TheTermGoesOnAndEndsOnTime()
    {
        var a = _world.Started("a");
        var b = _world.Started("b");
        a.HoldWrites = true;
        a.Watches = false;
        for (var i = 0; i < 20; i++)
        {
            while (a.HeldWrite is null)
                _world.Advance(0.1);
            var sent = a.State.Writes.Open!.Value.Sent;
            _world.Advance(1.899);
            a.ReleaseHeldWrite();
            _world.Settle();
            Assert.True(a.IsLeader);
            Assert.Equal(sent + TimeSpan.FromSeconds(10), a.ValidUntil);
        }

        _world.Advance(a.ValidUntil - a.Holder - TimeSpan.FromMilliseconds(1));
        Assert.True(a.IsLeader);
        _world.Advance(0.001);
        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);
        Assert.Empty(b.Terms);
    }

    [Fact]
    public void Acquire_ReplyIsLate_ValidityCountsFromTheSend()
    {
        var a = _world.Add("a");
        a.HoldWrites = true;
        a.Start();
        _world.Settle();
        _world.Advance(1.9);
        a.ReleaseHeldWrite();
        _world.Settle();
        Assert.True(a.IsLeader);

        a.HoldWrites = true;
        _world.Advance(8.099);
        Assert.True(a.IsLeader);
        _world.Freeze(0.001);
        Assert.False(a.IsLeader);
    }

    [Theory, Scenario(32)]
    [InlineData(true)]
    [InlineData(false)]
    public void Acquire_ReplyLost_AdoptedWithTheSendTime(bool watches)
    {
        var a = _world.Add("a");
        a.Watches = watches;
        a.HoldWrites = true;
        a.Start();
        _world.Settle();
        var sent = a.State.Writes.Open!.Value.Sent;
        _world.Advance(2);
        a.ReleaseHeldWrite(replyLost: true);
        a.HoldWrites = false;
        _world.Advance(0.5);

        Assert.True(a.IsLeader);
        Assert.Equal(_world.Server.History[0].Version, a.Terms[0].Token);
        Assert.Equal(sent + TimeSpan.FromSeconds(10), a.ValidUntil);
    }

    [Fact, Scenario(32)]
    public void Renewal_ReplyLost_AdoptedWithTheSendTime()
    {
        var a = _world.Started("a");
        a.Watches = a.OwnConnectionWorks = a.OtherConnectionsWork = false;
        a.HoldWrites = true;
        _world.Advance(3);
        var reply = a.CommitHeldWrite();
        Assert.IsType<WriteOutcome.Written>(reply.Outcome);
        _world.Advance(2);
        _world.Post(a, new ElectionInput.WriteEnded(reply.Id, Answers.NoAnswer));
        _world.Settle();
        var before = a.ValidUntil;
        a.HoldWrites = false;
        _world.Advance(1);

        Assert.True(a.IsLeader);
        Assert.Single(a.Terms);
        Assert.True(a.ValidUntil > before);
        Assert.Equal(2, a.Reads);
    }

    [Fact]
    public void Acquire_LostReplyAdoptedAndThenSeenAgain_BeginsNoSecondTerm()
    {
        var a = _world.Add("a");
        a.Watches = false;
        a.HoldWrites = true;
        a.Start();
        _world.Settle();
        a.ReleaseHeldWrite(replyLost: true);
        _world.Advance(0.5);
        Assert.True(a.IsLeader);
        a.StepDown();
        _world.Post(a, new ElectionInput.WatchExpired());
        _world.Settle();

        Assert.Single(a.Terms);
        Assert.Equal([TermEndReason.SteppedDown], a.Ends);
    }

    [Fact, Scenario(52)]
    public void Renewal_ReplyHandledAfterTheDeadline_TermStaysEnded()
    {
        var a = _world.Started("a");
        a.HoldWrites = true;
        a.Watches = false;
        _world.Advance(3);
        var reply = a.CommitHeldWrite();
        _world.Freeze(7);
        _world.Post(a, reply);
        _world.Settle();

        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);
        Assert.False(a.TermActive);
        Assert.DoesNotContain(a.Log, e => e.Kind == EffectKind.ExtendTerm);
    }

    [Fact]
    public void Deadline_SeenByAReader_EndsTheTermThoughTheStepsClockSaysOtherwise()
    {
        var a = _world.Started("a");
        _world.Post(a, new ElectionInput.ExpirySeen(1));
        _world.Settle();

        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);
    }

    [Fact, Scenario(35)]
    public void Lease_DeletedMidTerm_EndsAndIsCreatedAgainOnceTheWorkStopped()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        _world.Advance(4); // The watch has shown its own renewal.
        _world.Server.Delete();
        _world.Settle();

        Assert.Equal([TermEndReason.LeaseDeleted], a.Ends);
        _world.Advance(1);
        Assert.Single(a.Terms);
        a.EndWork();
        _world.Settle();
        Assert.True(a.IsLeader);
        Assert.True(a.Terms[1].Token > a.Terms[0].Token);
    }

    [Fact, Scenario(36)]
    public void Lease_DeletedAndCreatedByAnother_StepsDownAtOnce()
    {
        var a = _world.Started("a");
        _world.Server.Delete();
        Steal("b");
        _world.Settle();

        Assert.False(a.TermActive);
        Assert.Equal("b", a.Leaders[^1]);
        Assert.Single(a.Terms);
    }

    [Fact, Scenario(37)]
    public void Lease_StolenByAnEdit_StepsDownOnTheWatchEvent()
    {
        var a = _world.Started("a");
        _world.Advance(0.5);
        Steal("b");
        _world.Settle();

        Assert.Equal([TermEndReason.Superseded], a.Ends);
        Assert.Single(a.Writes);
    }

    [Theory, Scenario(17)]
    [InlineData(1)]
    [InlineData(null)]
    public void Lease_DurationEdited_StepsDownAndStandbysWaitTheMarks(int? seconds)
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        var b = _world.Started("b");
        _world.Server.Edit(s => s with { LeaseDurationSeconds = seconds });
        _world.Settle();

        Assert.Equal([TermEndReason.LeaseEdited], a.Ends);
        _world.Advance(14.999);
        Assert.Empty(b.Writes);
        _world.Advance(0.101);
        Assert.True(b.IsLeader);
    }

    [Fact, Scenario(51)]
    public void Suspend_MonotonicStandsStill_FirstReadSaysNotLeader()
    {
        var a = _world.Started("a");
        _world.Advance(1);
        a.Suspended = TimeSpan.FromSeconds(20);
        _world.Freeze(20);

        Assert.False(a.IsLeader);
        a.Tick();
        _world.Settle();
        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);
    }

    [Fact, Scenario(51)]
    public void Suspend_AfterTheWallClockHadSteppedBack_HidesNothing()
    {
        var a = _world.Started("a");
        _world.Advance(1);
        a.WallOffset = TimeSpan.FromHours(-1);
        a.Tick();
        _world.Settle();
        Assert.True(a.IsLeader);
        a.Suspended = TimeSpan.FromSeconds(20);
        _world.Freeze(20);

        Assert.False(a.IsLeader);
    }

    [Fact, Scenario(41)]
    public void WallClock_StepsAnHourForward_MayCostTheTermButNeverOverlaps()
    {
        var a = _world.Started("a");
        var b = _world.Started("b");
        a.WallOffset = b.WallOffset = TimeSpan.FromHours(1);

        Assert.False(a.IsLeader);
        a.Tick();
        _world.Advance(1);
        Assert.True(a.IsLeader);
        Assert.Empty(b.Terms);
    }

    [Fact, Scenario(50)]
    public void Store_Restored_ResetsTheBaselineAndWaitsOnce()
    {
        var a = _world.Started("a");
        var backup = _world.Server.Lease!.Value;
        _world.Advance(30);
        _world.Server.Restore(backup);
        _world.Advance(3.5);

        Assert.Equal([TermEndReason.LeaseEdited], a.Ends);
        Assert.Contains(Notice.StoreRestored, a.Notices);
        _world.Advance(11);
        Assert.Single(a.Terms);
        _world.Advance(5);
        Assert.True(a.IsLeader);
    }

    [Fact, Scenario(50)]
    public void Store_RestoredWithoutTheLease_RecoversAfterOneWait()
    {
        var a = _world.Started("a");
        _world.Advance(30);
        _world.Server.RestoreWithoutIt(version: 3);
        _world.Advance(4);

        Assert.Equal([TermEndReason.LeaseDeleted], a.Ends);
        _world.Advance(16);
        Assert.Contains(Notice.StoreRestored, a.Notices);
        Assert.True(a.IsLeader);
    }

    [Fact, Scenario(42, 44)]
    public void Loss_NoticedLate_LeavesTheWorkItsTimeToStop()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        _world.Freeze(60);
        a.Tick();
        _world.Advance(1.999);
        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);
        Assert.Equal(0, a.Overruns);
        _world.Advance(0.001);
        Assert.Equal(1, a.Overruns);
    }

    private void Steal(string thief) =>
        _world.Server.Edit(s => s with { HolderIdentity = thief, LeaseDurationSeconds = 15, RenewTime = MicroTime.From(_world.Wall) });
}
