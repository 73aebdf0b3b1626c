using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Election;

/// <summary>S3: what a standby waits for.</summary>
public sealed class WaitingTests
{
    private readonly World _world = new();

    [Fact, Scenario(14)]
    public void Erased_SeenByAStandby_IsWaitedForLikeASilentHolder()
    {
        var a = CutOffLeader();
        var b = _world.Started("b");
        Erase();
        _world.Settle();

        AssertTakesOverAfter(b, 15);
        Assert.Contains(Notice.HolderErased, b.Notices);
        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);
    }

    [Fact, Scenario(14)]
    public void Erased_SeenByANewcomer_IsWaitedForToo()
    {
        CutOffLeader();
        Erase();
        var b = _world.Started("b");

        AssertTakesOverAfter(b, 15);
    }

    [Fact, Scenario(14, 35)]
    public void Deleted_UnderAHolderThatWasSeen_IsWaitedForFromTheFirstSightOfItsAbsence()
    {
        CutOffLeader();
        var b = _world.Started("b");
        _world.Advance(5);
        _world.Server.Delete();
        _world.Settle();

        AssertTakesOverAfter(b, 15);
        Assert.True(b.LastWrite.IsCreate);
    }

    [Fact, Scenario(14)]
    public void Deleted_AfterARelease_IsCreatedAtOnce()
    {
        var a = _world.Started("a");
        var b = _world.Add("b");
        a.Stop();
        _world.Settle();
        b.HoldWrites = true;
        b.Start();
        _world.Settle();
        _world.Server.Delete();
        b.HoldWrites = false;
        b.ReleaseHeldWrite();
        _world.Settle();

        Assert.True(b.IsLeader);
        Assert.True(b.LastWrite.IsCreate);
    }

    [Fact]
    public void Deleted_UnderOurOwnLapsedTerm_IsWaitedFor()
    {
        var a = _world.Started("a");
        _world.Server.Down = true;
        _world.Advance(11);
        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);
        // While we were cut off, somebody may have taken over and lost the Lease to a deletion.
        _world.Server.Delete();
        _world.Server.Down = false;
        _world.Settle();
        _world.Advance(14);

        Assert.Single(a.Terms);
        _world.Advance(1.2);
        Assert.Equal(2, a.Terms.Count);
    }

    [Fact, Scenario(14, 32)]
    public void Create_LandsAfterAnothersLeaseWasDeleted_IsWaitedForLikeAForeignOne()
    {
        var a = _world.Add("a");
        a.HoldWrites = true;
        a.Start();
        _world.Settle();
        var b = CutOffLeader("b");
        // Seen by a, whose create is still on its way.
        _world.Post(a, new ElectionInput.LeaseSeen(_world.Server.Lease!.Value));
        _world.Settle();
        _world.Server.Delete();
        _world.Settle();
        a.HoldWrites = false;
        a.ReleaseHeldWrite();
        _world.Advance(9.999);

        Assert.True(b.IsLeader);
        Assert.False(a.IsLeader);
        _world.Advance(5.2);
        Assert.True(a.IsLeader);
    }

    [Fact]
    public void Mark_TakenOffAnErasedRecord_DoesNotShortenTheWait()
    {
        CutOffLeader();
        var b = _world.Started("b");
        Erase();
        _world.Advance(5);
        _world.Server.Edit(s => s, mark: _ => null);
        _world.Settle();
        _world.Advance(9.999);
        Assert.Empty(b.Writes);
        _world.Advance(0.101);
        Assert.True(b.IsLeader);
    }

    [Fact]
    public void Mark_OfATermThatOthersCountedPast_IsDead()
    {
        _world.Server.Edit(_ => new() { HolderIdentity = "", LeaseTransitions = 8, LeaseDurationSeconds = 1 }, mark: _ => "0a/15/7");
        var b = _world.Started("b");

        Assert.True(b.IsLeader);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0a/0/7")]
    [InlineData("0a/-5/7")]
    [InlineData("0a/99999999999/7")]
    [InlineData("/15/7")]
    [InlineData("0a/15/7/1")]
    [InlineData("")]
    public void Mark_Malformed_IsDead(string mark)
    {
        _world.Server.Edit(_ => new() { HolderIdentity = "", LeaseTransitions = 7, LeaseDurationSeconds = 1 }, mark: _ => mark);
        var b = _world.Started("b");

        Assert.True(b.IsLeader);
    }

    [Fact, Scenario(15)]
    public void OwnRecord_OfAnEndedTerm_IsOverwrittenAtOnceWhenTheWorkHasStopped()
    {
        var a = _world.Started("a");
        a.WorkStopsAtOnce = false;
        _world.Server.Down = true;
        _world.Advance(10);
        Assert.False(a.TermActive);
        _world.Server.Down = false;
        _world.Advance(1);
        Assert.Single(a.Terms);

        a.EndWork();
        _world.Advance(2.1);
        Assert.Equal(2, a.Terms.Count);
        Assert.True(a.Terms[1].Token > a.Terms[0].Token);
    }

    [Fact]
    public void OwnRecord_BroughtBackByAnEdit_IsForeign()
    {
        var a = _world.Started("a");
        var ours = _world.Server.Lease!.Value.Spec;
        _world.Server.Edit(s => s with { HolderIdentity = "b" });
        _world.Settle();
        _world.Server.Edit(_ => ours);
        _world.Settle();
        _world.Advance(14);

        Assert.Single(a.Terms);
    }

    [Fact, Scenario(38)]
    public void Watch_StallsSilently_DelaysATakeoverByAThirdAtMost()
    {
        var a = _world.Started("a");
        var b = _world.Started("b");
        b.Watches = false;
        a.Stop();
        _world.Settle();
        _world.Advance(5);

        Assert.True(b.IsLeader);
    }

    [Fact, Scenario(38)]
    public void Watch_Expired_IsFollowedByAGetAndAnotherWatch()
    {
        _world.Started("a");
        var b = _world.Started("b");
        _world.Post(b, new ElectionInput.WatchExpired());
        _world.Settle();

        Assert.Equal(2, b.Reads);
        Assert.Equal(2, b.WatchesFrom.Count);
        Assert.Equal(_world.Server.Version, b.WatchesFrom[^1]);
    }

    [Fact, Scenario(38)]
    public void Watch_OvertakenByARead_IsKept()
    {
        // Found by the simulation (seed 77060473): the standby watched anew, and the release came in just then.
        _world.Started("a");
        var b = _world.Started("b");
        b.Watches = false;
        _world.Advance(5);
        Assert.Equal(2, b.Reads);
        b.Watches = true;
        _world.Settle();
        _world.Advance(30);

        Assert.Single(b.WatchesFrom);
    }

    [Fact, Scenario(38)]
    public void Watch_OvertakenByAReadAndSilentForARequestTimeout_IsBegunAnew()
    {
        _world.Started("a");
        var b = _world.Started("b");
        b.Watches = false;
        _world.Advance(5);
        Assert.Equal(2, b.Reads);
        var timeout = b.Settings.RequestTimeout.TotalSeconds;
        _world.Advance(timeout - 0.1);
        Assert.Single(b.WatchesFrom);
        _world.Advance(0.2);

        Assert.Equal(2, b.WatchesFrom.Count);
    }

    [Fact, Scenario(38)]
    public void Watch_OldEvents_AreOldNews()
    {
        var a = _world.Started("a");
        var old = _world.Server.Lease!.Value;
        _world.Advance(3);
        _world.Post(a, new ElectionInput.LeaseSeen(old));
        _world.Post(a, new ElectionInput.LeaseDeleted(old.Version));
        _world.Settle();

        Assert.True(a.IsLeader);
        Assert.Empty(a.Ends);
    }

    [Fact, Scenario(38)]
    public void Watch_Broken_PollsEveryRetryPeriod()
    {
        var a = _world.Started("a");
        var b = _world.Started("b");
        _world.Post(b, new ElectionInput.WatchHealth(false));
        b.Watches = false;
        _world.Advance(30);

        Assert.InRange(b.Reads, 12, 16);
        Assert.Contains(Notice.Polling, b.Notices);
        a.Stop();
        _world.Advance(2.5);
        Assert.True(b.IsLeader);
    }

    [Fact]
    public void Watch_BrokenAndAPollFindsNews_GoesOnTryingByItself()
    {
        _world.Started("a");
        var b = _world.Started("b");
        _world.Post(b, new ElectionInput.WatchHealth(false));
        b.Watches = false;
        _world.Advance(30);

        Assert.InRange(b.Reads, 12, 16);
        Assert.Single(b.WatchesFrom);
    }

    [Fact, Scenario(49)]
    public void ClockRates_TenPercentApart_NeverOverlap()
    {
        var a = _world.Add("a", rate: 0.9);
        a.Start();
        _world.Settle();
        var b = _world.Add("b", rate: 1.1);
        b.Start();
        _world.Advance(3.4);
        a.HoldWrites = true;
        a.Watches = false;
        for (var i = 0; i < 2_000; i++)
        {
            _world.Advance(0.01);
            Assert.False(a.IsLeader && b.IsLeader);
        }

        Assert.True(b.IsLeader);
    }

    private Candidate CutOffLeader(string identity = "a")
    {
        var a = _world.Started(identity);
        a.HoldWrites = true;
        a.Watches = a.OwnConnectionWorks = a.OtherConnectionsWork = false;
        return a;
    }

    private void Erase() => _world.Server.Edit(s => s with { HolderIdentity = "", LeaseDurationSeconds = 1 });

    private void AssertTakesOverAfter(Candidate b, int seconds)
    {
        _world.Advance(seconds - 0.001);
        Assert.Empty(b.Writes);
        _world.Advance(0.101);
        Assert.True(b.IsLeader);
    }
}
