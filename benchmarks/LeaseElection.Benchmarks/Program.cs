using BenchmarkDotNet.Running;
using LeaseElection.Benchmarks;

// Exit code 1 when a benchmark failed: a report without figures is not a result.
var summaries = BenchmarkSwitcher.FromAssembly(typeof(ReaderBenchmarks).Assembly).Run(args);
return summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(r => !r.Success)) ? 1 : 0;
