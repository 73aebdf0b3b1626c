using System.CommandLine;
using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Benchmarks.CommandLine;

/// <summary>One thing that this program measures.</summary>
/// <param name="Name">How the command line calls it.</param>
/// <param name="Measures">In a line, for --help.</param>
/// <param name="Takes">The options that it has beside those of all.</param>
/// <param name="RunAsync">Measures it.</param>
internal sealed record What(
    string Name, string Measures, IReadOnlyList<Option> Takes, Func<Session, CancellationToken, Task<Outcome>> RunAsync);
