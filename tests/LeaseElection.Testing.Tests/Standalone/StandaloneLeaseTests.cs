using LeaseElection.Leases;
using LeaseElection.Standalone;

namespace LeaseElection.Testing.Tests.Standalone;

public sealed class StandaloneLeaseTests
{
    private readonly StandaloneLease _lease = new(new ManualTimeProvider());

    [Fact]
    public void Write_UnderItsPrecondition_TakesEffectWithALargerVersion()
    {
        var first = Written(Write("a"));
        var second = Written(Write("b", first));

        Assert.Equal(first.Uid, second.Uid);
        Assert.True(second.Version > first.Version);
        Assert.Equal(second, _lease.Read());
    }

    [Fact]
    public void Write_WithoutIt_IsRefused()
    {
        Assert.IsType<WriteOutcome.Missing>(Write("a", new() { Uid = "u", Version = 1 }));
        var first = Written(Write("a"));
        var second = Written(Write("b", first));

        Assert.IsType<WriteOutcome.Conflict>(Write("c"));
        Assert.IsType<WriteOutcome.Conflict>(Write("c", first));
        Assert.IsType<WriteOutcome.Conflict>(Write("c", second with { Uid = "another" }));
        Assert.Equal(second, _lease.Read());
    }

    [Fact]
    public async Task Watch_TellsWhatIsNewerThenWhatComes()
    {
        var first = Written(Write("a"));
        await using var watch = _lease.WatchAsync(first.Version - 1, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await watch.MoveNextAsync();
        Assert.Equal(new WatchSignal.Seen(first), watch.Current);
        var next = watch.MoveNextAsync();
        Assert.False(next.IsCompleted);
        var second = Written(Write("b", first));
        await next;

        Assert.Equal(new WatchSignal.Seen(second), watch.Current);
    }

    private static LeaseSnapshot Written(WriteOutcome outcome) => Assert.IsType<WriteOutcome.Written>(outcome).Lease;

    private WriteOutcome Write(string holder, LeaseSnapshot? on = null) =>
        _lease.Write(new() { Uid = on?.Uid, Version = on?.Version ?? 0, Mark = "", Spec = new() { HolderIdentity = holder } });
}
