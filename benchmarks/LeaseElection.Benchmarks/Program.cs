using BenchmarkDotNet.Running;
using LeaseElection.Benchmarks.CommandLine;
using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Micro;
using LeaseElection.Benchmarks.Renewal;
using LeaseElection.Benchmarks.Scale;

if (args.Length == 0)
{
    RequestReader.WriteHelp(Console.Out);
    return 2;
}

try
{
    return args switch
    {
        ["renewal", .. var forBenchmarkDotNet] => Benchmarks(forBenchmarkDotNet, typeof(RenewalBenchmarks)),
        ["micro", .. var forBenchmarkDotNet] =>
            Benchmarks(forBenchmarkDotNet, typeof(ReaderBenchmarks), typeof(MachineBenchmarks), typeof(LeaseBenchmarks)),
        [ScaleChild.Command, ..] => await ScaleChild.RunAsync(args),
        _ => RequestReader.Read(args) is { } request ? await Measurement.RunAsync(request) : RequestReader.WriteHelp(Console.Out, args),
    };
}
catch (FormatException mistake)
{
    await Console.Error.WriteLineAsync($"benchmarks: {mistake.Message}");
    return 2;
}

// Exit code 1 when a benchmark failed: a report without figures is not a result.
static int Benchmarks(string[] options, params Type[] types) =>
    BenchmarkSwitcher.FromTypes(types)
        .Run(options.Any(static o => o.StartsWith("--filter", StringComparison.Ordinal)) ? options : [.. options, "--filter", "*"])
        .Any(static s => s.HasCriticalValidationErrors || s.Reports.Any(static r => !r.Success)) ? 1 : 0;
