using LeaseElection.Benchmarks.Failover;
using LeaseElection.Benchmarks.Handover;
using LeaseElection.Benchmarks.Load;
using LeaseElection.Benchmarks.Scale;
using LeaseElection.Benchmarks.Startup;

namespace LeaseElection.Benchmarks.CommandLine;

/// <summary>All that is measured on servers. What BenchmarkDotNet measures goes by its own command line: see Program.cs.</summary>
internal static class BenchmarkCatalog
{
    public static IReadOnlyList<What> All { get; } =
    [
        new(
            "handover", "graceful stop until the next replica's work runs; default settings",
            [BenchmarkOptions.Runs, BenchmarkOptions.Standbys], HandoverBenchmark.RunAsync),
        new(
            "failover", "SIGKILL until the next replica works; LeaseDuration 5 s, RenewDeadline 3 s", [BenchmarkOptions.Runs],
            FailoverBenchmark.RunAsync),
        new(
            "load", "requests, bytes and CPU of kube-apiserver in a steady state",
            [BenchmarkOptions.Runs, BenchmarkOptions.Standbys, BenchmarkOptions.Minutes], LoadBenchmark.RunAsync),
        new(
            "scale", "many elections in one process against another process: CPU, memory, connections, lost terms",
            [BenchmarkOptions.Elections, BenchmarkOptions.Minutes], ScaleBenchmark.RunAsync),
        new("startup", "host start until the work runs, free Lease", [BenchmarkOptions.Runs], StartupBenchmark.RunAsync),
    ];

    public static What? Find(string name) => All.FirstOrDefault(what => what.Name == name);
}
