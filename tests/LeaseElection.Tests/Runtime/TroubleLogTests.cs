using LeaseElection.Leases;
using LeaseElection.Runtime;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Requests;
using LeaseElection.TestKit;
using LeaseElection.TestKit.Scenarios.Elections;
using LeaseElection.Tests.Diagnostics;
using LeaseElection.Tests.Election;

namespace LeaseElection.Tests.Runtime;

public sealed class TroubleLogTests : IDisposable
{
    private readonly MeterReadings _meters = new();
    private readonly LogRecord _log = new();
    private readonly ElectorContext _context;
    private readonly TroubleLog _trouble;

    public TroubleLogTests()
    {
        var time = new ManualTimeProvider();
        _context = new()
        {
            Name = "test",
            Settings = World.Defaults("a"),
            Lease = "ns/test",
            OpenStore = () => throw new InvalidOperationException(),
            Time = time,
            Clock = HolderClock.ByTimer(time),
            Logger = _log,
            Monitor = new(new(_meters), time, "test", "ns/test", "a"),
        };
        _trouble = new(_context);
    }

    private IReadOnlyList<string> Health => _context.Monitor!.Troubles;

    private int[] Events => [.. _log.Lines.Select(l => l.Id)];

    [Fact]
    public void Write_FailsWhileReadsWork_IsOneLineUntilAWriteWorks()
    {
        for (var i = 0; i < 40; i++)
        {
            _trouble.Failed(i % 3 == 0 ? "create" : "update", "no answer within 2000 ms");
            _trouble.Succeeded("get", TimeSpan.Zero);
            _trouble.Heard("watch");
        }

        Assert.Equal([19], Events);
        Assert.Equal(["'create' fails: no answer within 2000 ms"], Health);
        _trouble.Succeeded("update", TimeSpan.Zero);
        Assert.Equal([19, 20], Events);
        Assert.Empty(Health);
    }

    [Fact]
    public void Read_Fails_IsOverWithAReadAWriteOrAWatchEvent()
    {
        foreach (var over in (Action[])[() => _trouble.Succeeded("get"), () => _trouble.Succeeded("update"), () => _trouble.Heard("watch")])
        {
            _trouble.Failed("get", "no route");
            Assert.Single(Health);
            over();
            Assert.Empty(Health);
        }

        Assert.Equal([19, 20, 19, 20, 19, 20], Events);
    }

    [Fact]
    public void Watch_Fails_IsNotOverWithAWrite()
    {
        _trouble.Failed("watch", "cut");
        _trouble.Succeeded("update");
        _trouble.Succeeded("get");

        Assert.Equal(["'watch' fails: cut"], Health);
        _trouble.Succeeded("watch");
        Assert.Empty(Health);
        Assert.Equal([19, 20], Events);
    }

    [Fact]
    public void Write_FailsAndAnotherTookTheLeaseSince_IsNoTroubleAnyMore()
    {
        _trouble.Sends(7);
        _trouble.Failed("update", "reset");
        _trouble.Slow("update", TimeSpan.FromSeconds(2));
        _trouble.Saw(Lease(7, "b"));
        _trouble.Saw(Lease(8, "a"));
        _trouble.Saw(Lease(8, ""));
        Assert.Equal(2, Health.Count);
        _trouble.Saw(Lease(8, "b"));

        Assert.Empty(Health);
        Assert.Equal([19, 41], Events);
    }

    [Fact]
    public void Refusal_EndsTheOutageOfItsVerbInHealth()
    {
        _trouble.Failed("update", "reset");
        _trouble.Rejected(new(RejectionKind.Denied, "update", 403, "webhook"));

        Assert.StartsWith("'update' is refused (403): webhook Admission control", Assert.Single(Health), StringComparison.Ordinal);
        _trouble.Succeeded("update");
        Assert.Equal([19, 17, 18, 20], Events);
        Assert.Empty(Health);
    }

    [Fact]
    public void Slow_IsToldOnceAndItsEndWithTheLongest()
    {
        for (var i = 0; i < 10; i++)
        {
            _trouble.Slow("update", TimeSpan.FromSeconds(2));
            Assert.Equal(["'update' has had no answer for 2.0 s: still waiting"], Health);
            _trouble.Succeeded("update", TimeSpan.FromSeconds(i == 4 ? 3.4 : 3));
            _trouble.Succeeded("get", TimeSpan.Zero);
        }

        Assert.Equal(["'update' is slow: the last answer took 3.0 s"], Health);
        Assert.Equal([41], Events);
        _trouble.Succeeded("update", TimeSpan.FromSeconds(0.1));
        Assert.Empty(Health);
        Assert.Equal([41, 42], Events);
        Assert.EndsWith("the slowest answer took 3.4 s", _log.Lines[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_ThatAreNoIntegers_AreToldWithTheWayOut()
    {
        for (var i = 0; i < 3; i++)
            _trouble.Rejected(new(RejectionKind.Unusable, "get", 200, "its resourceVersion 'x' is not a positive integer"));

        Assert.Equal([40], Events);
        Assert.StartsWith("the Lease cannot be used: its resourceVersion 'x' is not a positive integer. The election orders", Assert.Single(Health), StringComparison.Ordinal);
        _trouble.Succeeded("get");
        Assert.Empty(Health);
    }

    public void Dispose() => _meters.Dispose();

    private static LeaseSnapshot Lease(long version, string holder) => new() { Uid = "u", Version = version, Spec = new() { HolderIdentity = holder } };
}
