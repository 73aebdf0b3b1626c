using BenchmarkDotNet.Attributes;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Terms;

namespace LeaseElection.Benchmarks.Micro;

/// <summary>What asking costs: two clocks are read each time, and nothing is allocated.</summary>
[MemoryDiagnoser]
public class ReaderBenchmarks
{
    private readonly HeldTerm _term = new(
        1, 1, HolderClock.For(TimeProvider.System).Read(0).Holder + TimeSpan.FromDays(1), HolderClock
            .For(TimeProvider.System), static _ => { });

    [Benchmark(Baseline = true)]
    public long BothClocks() => TimeProvider.System.GetTimestamp() + TimeProvider.System.GetUtcNow().Ticks;

    [Benchmark]
    public bool IsActive() => _term.IsActive;
}
