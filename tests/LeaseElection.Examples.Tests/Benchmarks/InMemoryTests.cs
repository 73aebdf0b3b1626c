using LeaseElection.Benchmarks.Micro;
using LeaseElection.Benchmarks.Renewal;

namespace LeaseElection.Examples.Tests.Benchmarks;

/// <summary>
/// What BenchmarkDotNet measures, once each: that it runs, and the bytes that it allocates. Nobody else may allocate meanwhile.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class InMemoryTests
{
    private const int Elections = 16;
    private const int Rounds = 50;

    [Fact]
    public async Task Renewal_EndToEndInTheClient_AtMostFourKilobytes()
    {
        await using var leaders = await OurLeaders.StartAsync(Elections);
        Renew(leaders, Rounds); // What is compiled and pooled for the first time is none of a renewal's.
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Renew(leaders, Rounds);

        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / (Elections * Rounds), 500, 4000);
    }

    [Fact]
    public async Task Renewal_OfKubernetesClient_IsMadeToCompareWith()
    {
        using var leaders = new TheirLeaders(Elections);
        await leaders.RenewAsync();
        await leaders.RenewAsync();
    }

    [Fact]
    public void Machine_StepsOfARenewal_AllocateTheAnswerAlone()
    {
        var machine = new MachineBenchmarks();
        machine.Lead();
        machine.Renew();
        var answer = Allocated(() => machine.Answer());

        Assert.True(answer > 0);
        Assert.Equal(answer, Allocated(() => machine.Renew()));
    }

    [Fact]
    public void Lease_ReadAndWritten_AllocatesATenthOfKubernetesClients()
    {
        var lease = new LeaseBenchmarks();
        lease.SetUp();
        Assert.Equal(1_000_000_001, lease.Read());
        Assert.InRange(lease.Write(), 700, 1000);

        Assert.True(Allocated(() => lease.Read()) < Allocated(() => lease.ReadTheirs()) / 10.0);
        Assert.True(Allocated(() => lease.Write()) < Allocated(() => lease.WriteTheirs()) / 10.0);
    }

    [Fact]
    public void IsActive_Asked_AllocatesNothing()
    {
        var reader = new ReaderBenchmarks();

        Assert.Equal(0, Allocated(() => reader.IsActive()));
        Assert.NotEqual(0, reader.BothClocks());
    }

    private static void Renew(OurLeaders leaders, int rounds)
    {
        for (var i = 0; i < rounds; i++)
            leaders.Renew();
    }

    // The second time: the first pays for what is made once.
    private static long Allocated<T>(Func<T> action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(action);
        _ = action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
