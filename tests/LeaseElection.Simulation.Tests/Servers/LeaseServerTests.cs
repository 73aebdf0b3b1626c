using LeaseElection.Leases;
using LeaseElection.Simulation.Servers;

namespace LeaseElection.Simulation.Tests.Servers;

/// <summary>The model has the real server's concurrency rules (tests/LeaseElection.RealServer.Tests/Servers/ApiServerFacts.cs).</summary>
public sealed class LeaseServerTests
{
    private readonly LeaseServer _server = new(new(1));

    [Fact]
    public void Create_Twice_Conflicts()
    {
        Written(Create());

        Assert.IsType<WriteOutcome.Conflict>(_server.Write(Create(), "b"));
    }

    [Fact]
    public void Update_OfExactlyWhatIsThere_IsWrittenWithALargerVersion()
    {
        var first = Written(Create());
        var second = Written(Update(first));

        Assert.True(second.Version > first.Version);
        Assert.Equal(first.Uid, second.Uid);
    }

    [Fact]
    public void Update_OfAnOlderVersion_OrAnotherUid_Conflicts()
    {
        var first = Written(Create());
        Written(Update(first));

        Assert.IsType<WriteOutcome.Conflict>(_server.Write(Update(first), "a"));
        Assert.IsType<WriteOutcome.Conflict>(_server.Write(Update(_server.Lease!.Value) with { Uid = "another" }, "a"));
    }

    [Fact]
    public void Update_OfWhatIsGone_IsMissing_AndOnlyWithoutAUidMadeAnew()
    {
        var lease = Written(Create());
        _server.Delete("somebody");

        Assert.IsType<WriteOutcome.Missing>(_server.Write(Update(lease), "a"));
        Assert.Null(_server.Lease);
    }

    [Fact]
    public void Update_WithoutAVersion_IsInvalid()
    {
        var lease = Written(Create());

        Assert.IsType<WriteOutcome.Rejected>(_server.Write(Update(lease) with { Version = 0 }, "a"));
    }

    [Fact]
    public void Forbids_NothingIsRead_NothingWritten()
    {
        _server.Forbids = true;

        Assert.IsType<ReadOutcome.Rejected>(_server.Read());
        Assert.IsType<WriteOutcome.Rejected>(_server.Write(Create(), "a"));
        Assert.Null(_server.Lease);
    }

    [Fact]
    public void TryRestore_WithoutAnythingOlder_IsRefused()
    {
        Written(Create());

        Assert.False(_server.TryRestore(0));
    }

    [Fact]
    public void TryRestore_IsWhatItWas_AndGivesOutNoVersionTwice()
    {
        var old = Written(Create());
        var lost = Written(Update(old)).Version;
        Assert.True(_server.TryRestore(0));

        Assert.Equal((old, old.Version, old.Version), (_server.Lease!.Value, _server.Version, _server.CompactedTo));
        Assert.Equal(old, Assert.Single(_server.History).Lease);
        for (var lease = old; lease.Version < lost + 10;)
        {
            lease = Written(Update(lease));
            Assert.NotEqual(lost, lease.Version);
        }
    }

    private static LeaseWrite Create() => new() { Spec = new() { HolderIdentity = "a" }, Mark = "m" };

    private static LeaseWrite Update(in LeaseSnapshot lease) =>
        new() { Spec = lease.Spec, Mark = "m", Uid = lease.Uid, Version = lease.Version };

    private LeaseSnapshot Written(LeaseWrite write) => Assert.IsType<WriteOutcome.Written>(_server.Write(write, "a")).Lease;
}
