using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;

namespace LeaseElection.Benchmarks.Renewal;

/// <summary>
/// One renewal, all of it, in the client: from timer to timer, against a server that costs next to nothing. Many at a time, so that no
/// thread
/// has to be woken for each.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "Disposed of at the benchmark's end.")]
public class RenewalBenchmarks
{
    public const int Elections = 64;

    private OurLeaders _ours = null!;
    private TheirLeaders _theirs = null!;

    [GlobalSetup]
    public async Task SetUp()
    {
        _ours = await OurLeaders.StartAsync(Elections);
        _theirs = new(Elections);
        await _theirs.RenewAsync();
    }

    [Benchmark(Baseline = true, Description = "KubernetesClient: GET and PUT", OperationsPerInvoke = Elections)]
    public Task Theirs() => _theirs.RenewAsync();

    [Benchmark(Description = "LeaseElection: PUT", OperationsPerInvoke = Elections)]
    public void Ours() => _ours.Renew();

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await _ours.DisposeAsync();
        _theirs.Dispose();
    }
}
