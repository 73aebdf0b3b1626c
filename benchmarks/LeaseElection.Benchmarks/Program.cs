using BenchmarkDotNet.Running;
using LeaseElection.Benchmarks.Renewal;
using LeaseElection.Benchmarks.Scale;

const string Help = """
    Measures LeaseElection beside others. Times mean little on a shared machine; ratios within one call do.

    Usage: dotnet run -c Release --project benchmarks/LeaseElection.Benchmarks -- <what> [options]

      renewal [BenchmarkDotNet's options]
            one renewal in the client, beside KubernetesClient's elector
      micro [BenchmarkDotNet's options]
            what asking and one step of the machine cost
    """;

try
{
    return args switch
    {
        ["--help" or "-h", ..] or [] => Usage(args.Length == 0 ? 2 : 0),
        [ScaleChild.Command, ..] => await ScaleChild.RunAsync(args),
        ["scale", .. var rest] => await ScaleCommand.RunAsync(rest, CancellationToken.None),
        ["renewal", .. var rest] => Benchmarks(rest, typeof(RenewalBenchmarks)),
        ["micro", .. var rest] => Benchmarks(rest, typeof(LeaseElection.Benchmarks.ReaderBenchmarks)),
        _ => throw new FormatException($"'{args[0]}' is nothing that can be measured; --help lists what is"),
    };
}
catch (FormatException mistake)
{
    await Console.Error.WriteLineAsync($"benchmarks: {mistake.Message}");
    return 2;
}

static int Usage(int exitCode)
{
    Console.WriteLine(Help);
    Console.WriteLine(ScaleCommand.Usage);
    return exitCode;
}

// Exit code 1 when a benchmark failed: a report without figures is not a result.
static int Benchmarks(string[] options, params Type[] types) =>
    BenchmarkSwitcher.FromTypes(types).Run(options.Length > 0 && options.Any(static o => o.StartsWith("--filter", StringComparison.Ordinal)) ? options : [.. options, "--filter", "*"])
        .Any(static s => s.HasCriticalValidationErrors || s.Reports.Any(static r => !r.Success)) ? 1 : 0;
