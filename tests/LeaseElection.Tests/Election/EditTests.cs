using LeaseElection.Election.Outputs;
using LeaseElection.Leases;

namespace LeaseElection.Tests.Election;

/// <summary>What somebody else's edit of our record means (design, "Echoes", and S3).</summary>
public sealed class EditTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData(3600, null)]
    [InlineData(3600, 0)]
    [InlineData(15, 7)]
    public void Manifest_AppliedWhileLeading_KeepsTheTermAndIsPutRight(int seconds, int? transitions)
    {
        var a = Leading();
        _world.Server.Edit(s => s with { LeaseDurationSeconds = seconds, LeaseTransitions = transitions ?? s.LeaseTransitions });
        var until = a.ValidUntil;
        a.HoldWrites = true;
        _world.Settle();
        Assert.Equal(until, a.ValidUntil); // It extends nothing.
        a.HoldWrites = false;
        a.ReleaseHeldWrite();
        _world.Settle();

        Assert.Empty(a.Ends);
        var spec = _world.Server.Lease!.Value.Spec;
        Assert.Equal((15, 0, "a"), (spec.LeaseDurationSeconds, spec.LeaseTransitions, spec.HolderIdentity));
        Assert.True(TermMark.Parse(_world.Server.Lease.Value.Mark)!.Value.IsAliveIn(spec));
    }

    [Fact]
    public void Manifest_AppliedAgainAndAgain_IsPutRightOnceARetryPeriod()
    {
        var a = Leading();
        var before = a.Writes.Count;
        for (var i = 0; i < 20; i++)
        {
            _world.Server.Edit(s => s with { LeaseDurationSeconds = 3600 });
            _world.Advance(0.5);
        }

        Assert.Empty(a.Ends);
        Assert.InRange(a.Writes.Count - before, 4, 10); // In 10 s: one each 2 s, and those that are due anyway.
    }

    [Theory]
    [InlineData(1, "a", 0)]
    [InlineData(15, "b", 0)]
    [InlineData(15, "a", 3600)]
    public void Edit_ThatShortensOrNamesAnotherOrDatesAhead_EndsTheTerm(int seconds, string holder, int ahead)
    {
        var a = Leading();
        _world.Server.Edit(s => s with { LeaseDurationSeconds = seconds, HolderIdentity = holder, RenewTime = s.RenewTime!.Value.Micro!.Value.Add(TimeSpan.FromSeconds(ahead)) });
        _world.Settle();

        Assert.Single(a.Ends);
    }

    [Fact]
    public void Manifest_AppliedThenTheTermLost_IsOurOwnRecord()
    {
        var a = Leading();
        a.HoldWrites = true;
        a.OwnConnectionWorks = a.OtherConnectionsWork = false;
        _world.Server.Edit(s => s with { LeaseDurationSeconds = 3600 });
        _world.Advance(11);
        Assert.Equal([TermEndReason.DeadlinePassed], a.Ends);
        a.HoldWrites = false;
        _world.Advance(12);

        Assert.True(a.IsLeader); // Not after an hour.
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Erasure_SeenAtOnce_IsTakenBackWithoutAWait(bool mark)
    {
        var a = Leading();
        _world.Server.Edit(s => s with { HolderIdentity = "", LeaseDurationSeconds = 1 }, mark ? m => m : _ => null);
        _world.Settle();

        Assert.Equal([TermEndReason.LeaseEdited], a.Ends);
        Assert.True(a.IsLeader);
        Assert.DoesNotContain(Notice.HolderErased, a.Notices);
    }

    [Fact]
    public void Erasure_OnlyRead_WithoutOurMark_IsWaitedFor()
    {
        var a = Leading();
        a.Watches = false;
        _world.Server.Edit(s => s with { HolderIdentity = "b", LeaseTransitions = 5 });
        _world.Server.Edit(s => s with { HolderIdentity = "", LeaseDurationSeconds = 15 }, _ => "00/15/5");
        _world.Advance(4);

        Assert.Single(a.Ends);
        _world.Advance(12.9);
        Assert.False(a.IsLeader);
        _world.Advance(0.2);
        Assert.True(a.IsLeader);
    }

    [Fact]
    public void Erasure_AnotherTookItMeanwhile_IsNotTakenBack()
    {
        var a = Leading();
        a.WorkStopsAtOnce = false;
        _world.Server.Edit(s => s with { HolderIdentity = "", LeaseDurationSeconds = 1 });
        _world.Settle();
        _world.Server.Edit(s => s with { HolderIdentity = "b", LeaseDurationSeconds = 15, LeaseTransitions = 5 });
        _world.Settle();
        a.EndWork();
        _world.Advance(14);

        Assert.False(a.IsLeader);
    }

    [Fact]
    public void Erasure_AgainAndAgain_WaitsRetryPeriodDoubling()
    {
        var a = Leading();
        var terms = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            _world.Server.Edit(s => s with { HolderIdentity = "", LeaseDurationSeconds = 1 });
            _world.Settle();
            terms.Add(a.Terms.Count);
            _world.Advance(4.1);
        }

        Assert.Equal([2, 2, 3], terms); // At once, after 2 s, after 4 s.
        Assert.True(a.IsLeader);
    }

    [Fact]
    public void Deletion_OnlyRead_IsWaitedFor()
    {
        var a = Leading();
        a.Watches = false;
        _world.Server.Delete();
        _world.Advance(4);

        Assert.Equal([TermEndReason.LeaseDeleted], a.Ends);
        _world.Advance(12.9);
        Assert.False(a.IsLeader);
        _world.Advance(0.2);
        Assert.True(a.IsLeader);
    }

    // The watch has shown a renewal of its own.
    private Candidate Leading()
    {
        var a = _world.Started("a");
        _world.Advance(4);
        return a;
    }
}
