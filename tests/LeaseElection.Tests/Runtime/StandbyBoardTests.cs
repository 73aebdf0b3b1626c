using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Leases;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Loop;
using LeaseElection.TestKit;
using LeaseElection.TestKit.Scenarios.Elections;
using LeaseElection.Tests.Election;

namespace LeaseElection.Tests.Runtime;

public sealed class StandbyBoardTests
{
    private readonly LogRecord _log = new();
    private readonly StandbyBoard _board;

    public StandbyBoardTests()
    {
        var time = new ManualTimeProvider();
        _board = new(new()
        {
            Name = "test",
            Application = "reports",
            Settings = World.Defaults("a"),
            Lease = "ns/test",
            OpenStore = () => throw new InvalidOperationException(),
            Time = time,
            Clock = HolderClock.ByTimer(time),
            Logger = _log,
        });
    }

    [Fact]
    public void Holder_OfAnotherApplication_IsSaidOnceAndShown()
    {
        for (var i = 0; i < 3; i++)
            Take("b", "ff/15/0", "billing");

        var line = Assert.Single(_log.With(46));
        Assert.Contains("held by b, an election of the application 'billing'; ours is 'reports'", line.Message, StringComparison.Ordinal);
        Assert.Equal("b is of the application 'billing', ours is 'reports': two applications use one Lease name", Assert.Single(_board.Troubles));
    }

    [Theory]
    [InlineData("b", "ff/15/0", "reports")] // Ours.
    [InlineData("b", "ff/15/0", null)] // Another version of the library.
    [InlineData("b", "ff/15/9", "billing")] // A dead mark: the note is an earlier holder's, this one's elector knows no notes.
    [InlineData("b", null, "billing")]
    [InlineData("", "", "billing")] // Released.
    public void Holder_WhoseApplicationIsOursOrUnknown_IsNotSaid(string holder, string? mark, string? application)
    {
        Take(holder, mark, application);

        Assert.Empty(_log.Lines);
        Assert.Empty(_board.Troubles);
    }

    [Theory]
    [InlineData("b", 15, "ff/15/0", 15, "it says leaseDurationSeconds 15")]
    [InlineData("b", 1, "ff/60/0", 60, "its annotation leaseelection/term says 60 s")]
    [InlineData("b", null, null, 15, "it says no duration, and ours is 15 s")]
    [InlineData("", 1, "ff/15/0", 15, "its holder was erased without a release, and its annotation leaseelection/term says 15 s")]
    [InlineData("b", 15, null, 60, "an earlier version of it said 60 s")]
    public void Wait_SaysWhy(string holder, int? seconds, string? mark, int wait, string why)
    {
        Take(holder, mark, null, seconds, wait);

        Assert.EndsWith($"free in {wait} s because {why}", _board.Description, StringComparison.Ordinal);
    }

    private void Take(string holder, string? mark, string? application, int? seconds = 15, int wait = 15)
    {
        var lease = new LeaseSnapshot
        {
            Uid = "u",
            Version = 7,
            Spec = new() { HolderIdentity = holder, LeaseDurationSeconds = seconds, LeaseTransitions = 0 },
            Mark = mark,
            Application = application,
        };
        var state = ElectionState.Initial;
        state.Lifecycle = Lifecycle.Running;
        state.View = new() { Knowledge = Knowledge.Present, Lease = lease, Baseline = 7, Wait = TimeSpan.FromSeconds(wait) };
        _board.Take(state, World.Defaults("a"), new Moment(default, default, DateTimeOffset.UnixEpoch, 0));
    }
}
