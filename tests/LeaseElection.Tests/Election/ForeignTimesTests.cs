using LeaseElection.Leases;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Election;

/// <summary>Times of others are text: only sameness counts.</summary>
public sealed class ForeignTimesTests
{
    private readonly World _world = new();

    [Fact]
    [Scenario(46)]
    public void Standby_TimesThatDotNetCannotRead_LeadsAfterOneLeaseOfSilence()
    {
        Hold("0000-12-31T00:00:00.000000Z");
        var a = _world.Started("a");
        _world.Advance(4);
        Hold("0000-12-31T00:00:01.000000Z"); // A renewal.
        _world.Advance(4.9);
        Assert.Empty(a.Writes);
        _world.Advance(0.2);

        Assert.True(a.IsLeader);
        _world.Advance(60);
        Assert.Empty(a.Ends);
    }

    private void Hold(string renewed) => _world.Server.Edit(_ => new()
    {
        HolderIdentity = "b",
        LeaseDurationSeconds = 5,
        AcquireTime = LeaseTime.Read("10000-01-01T00:00:00.000000Z"),
        RenewTime = LeaseTime.Read(renewed),
    });
}
