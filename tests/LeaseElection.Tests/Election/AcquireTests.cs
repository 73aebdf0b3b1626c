using LeaseElection.Election.Outputs;
using LeaseElection.Leases;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Election;

public sealed class AcquireTests
{
    private readonly World _world = new();

    [Fact, Scenario(1)]
    public void Acquire_NoLease_CreatesAndLeadsWithTransitionsZero()
    {
        var a = _world.Started("a");

        Assert.True(a.IsLeader);
        Assert.True(a.LastWrite.IsCreate);
        Assert.Equal("a", _world.Server.Lease!.Value.Spec.HolderIdentity);
        Assert.Equal(0, _world.Server.Lease!.Value.Spec.LeaseTransitions);
        Assert.Equal((1, _world.Server.Version), Assert.Single(a.Terms));
        Assert.Equal("15/0", string.Join('/', _world.Server.Lease!.Value.Mark!.Split('/')[1..]));
    }

    [Fact, Scenario(2, 62)]
    public void Acquire_EmptySpec_UpdatesAndCountsUp()
    {
        var empty = _world.Server.Edit(_ => default);
        var a = _world.Started("a");

        Assert.True(a.IsLeader);
        Assert.Equal((empty.Uid, empty.Version), (a.LastWrite.Uid, a.LastWrite.Version));
        Assert.Equal(1, a.LastWrite.Spec.LeaseTransitions);
    }

    [Fact, Scenario(3)]
    public void Acquire_HeldForThreeSecondsWhileOursAreTen_WaitsForTheRecordsThree()
    {
        HeldBy("b", seconds: 3);
        var a = _world.Add("a", s => s with { LeaseDuration = TimeSpan.FromSeconds(10), RenewDeadline = TimeSpan.FromSeconds(7) });
        a.Start();

        _world.Advance(2.999);
        Assert.Empty(a.Writes);
        _world.Advance(0.101);
        Assert.True(a.IsLeader);
    }

    [Fact, Scenario(4)]
    public void Acquire_ReleasedByOthers_TakesItAtOnce()
    {
        _world.Server.Edit(_ => new() { HolderIdentity = "", LeaseDurationSeconds = 1, RenewTime = Now, LeaseTransitions = 4 });
        var a = _world.Started("a");

        Assert.True(a.IsLeader);
        Assert.Equal(5, a.LastWrite.Spec.LeaseTransitions);
    }

    [Fact, Scenario(5)]
    public void Acquire_HolderExpired_OverwritesExactlyWhatWasSeen()
    {
        var lease = HeldBy("b", seconds: 15);
        var a = _world.Started("a");

        _world.Advance(14.999);
        Assert.Empty(a.Writes);
        _world.Advance(0.101);
        Assert.True(a.IsLeader);
        Assert.Equal((lease.Uid, lease.Version), (a.Writes[0].Write.Uid, a.Writes[0].Write.Version));
    }

    [Fact, Scenario(6)]
    public void Standby_FreshHolder_OneGetOneWatchNoPolling()
    {
        HeldBy("b", seconds: 15);
        var a = _world.Started("a");
        for (var second = 0; second < 600; second += 3)
        {
            _world.Advance(3);
            Renew();
        }

        Assert.Empty(a.Writes);
        Assert.Equal(1, a.Reads);
        Assert.Single(a.WatchesFrom);
        Assert.Equal(["b"], a.Leaders);
    }

    [Fact, Scenario(7, 45)]
    public void Acquire_OurNameButNotOurWrite_IsForeign()
    {
        HeldBy("a", seconds: 15);
        var a = _world.Started("a");

        Assert.False(a.IsLeader);
        Assert.Contains(Notice.IdentityShared, a.Notices);
        _world.Advance(14.999);
        Assert.Empty(a.Writes);
        _world.Advance(0.101);
        Assert.Equal(_world.Server.Lease!.Value.Version, Assert.Single(a.Terms).Token);
    }

    [Fact, Scenario(45)]
    public void TwoProcesses_WithOneIdentity_NeverBothLead()
    {
        var first = _world.Started("same");
        var second = _world.Started("same");
        for (var i = 0; i < 100; i++)
        {
            _world.Advance(0.7);
            Assert.False(first.IsLeader && second.IsLeader);
        }

        Assert.True(first.IsLeader);
        Assert.Empty(second.Terms);
        first.Stop();
        _world.Settle();
        Assert.True(second.IsLeader);
    }

    [Fact, Scenario(11)]
    public void Acquire_CreateRaceLost_ReadsAgainAndStandsBy()
    {
        var a = _world.Add("a");
        a.HoldWrites = true;
        a.Start();
        _world.Settle();
        HeldBy("b", seconds: 15);
        a.ReleaseHeldWrite();
        _world.Settle();

        Assert.Equal(2, a.Reads);
        Assert.False(a.IsLeader);
        Assert.Equal(["b"], a.Leaders);
        Assert.Single(a.Writes);
    }

    [Fact, Scenario(16)]
    public void Standby_LabelsEditedAllTheTime_TakesOverOnTime()
    {
        HeldBy("b", seconds: 15);
        var a = _world.Started("a");
        for (var i = 0; i < 149; i++)
        {
            _world.Advance(0.1);
            _world.Server.EditLabels(i);
        }

        Assert.Empty(a.Writes);
        _world.Advance(0.2);
        Assert.True(a.IsLeader);
        Assert.Equal(148, a.LastWrite.Rest);
    }

    [Theory, Scenario(46, 62)]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(-7)]
    public void Standby_HolderWithoutUsableDuration_IsGivenOurs(int? seconds)
    {
        _world.Server.Edit(_ => new() { HolderIdentity = "b", LeaseDurationSeconds = seconds });
        var a = _world.Started("a");

        _world.Advance(14.999);
        Assert.Empty(a.Writes);
        _world.Advance(0.101);
        Assert.True(a.IsLeader);
        Assert.Equal(15, a.LastWrite.Spec.LeaseDurationSeconds);
    }

    [Fact, Scenario(46)]
    public void Standby_DurationOfABillionSeconds_IsWaitedForWithoutOverflow()
    {
        HeldBy("b", seconds: 1_000_000_000);
        var a = _world.Started("a");

        _world.Advance(TimeSpan.FromHours(3));
        Assert.Empty(a.Writes);
    }

    [Theory, Scenario(46)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue - 1, int.MaxValue)]
    [InlineData(-3, 1)]
    public void Acquire_TransitionsAtTheEdge_Saturate(int found, int written)
    {
        _world.Server.Edit(_ => new() { HolderIdentity = "", LeaseTransitions = found });
        var a = _world.Started("a");

        Assert.Equal(written, a.LastWrite.Spec.LeaseTransitions);
    }

    [Theory, Scenario(46)]
    [InlineData(-62_135_596_800_000_000)]
    [InlineData(253_402_300_799_999_999)]
    public void Standby_TimestampsFarAway_ChangeNothing(long microseconds)
    {
        var far = new MicroTime(microseconds);
        var huge = new string('b', 10_000);
        _world.Server.Edit(_ => new() { HolderIdentity = huge, LeaseDurationSeconds = 5, AcquireTime = far, RenewTime = far });
        var a = _world.Started("a");

        Assert.Equal([huge], a.Leaders);
        _world.Advance(4.999);
        Assert.Empty(a.Writes);
        _world.Advance(0.101);
        Assert.True(a.IsLeader);
        _world.Advance(60);
        Assert.Empty(a.Ends);
    }

    private MicroTime Now => MicroTime.From(_world.Wall);

    private LeaseSnapshot HeldBy(string holder, int seconds) => _world.Server.Edit(_ => new()
    {
        HolderIdentity = holder,
        LeaseDurationSeconds = seconds,
        AcquireTime = Now,
        RenewTime = Now,
        LeaseTransitions = 2,
    });

    private void Renew()
    {
        _world.Server.Edit(s => s with { RenewTime = Now });
        _world.Settle();
    }
}
