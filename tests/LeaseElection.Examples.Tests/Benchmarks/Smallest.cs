using LeaseElection.Benchmarks.CommandLine;
using LeaseElection.Benchmarks.Reports;

namespace LeaseElection.Examples.Tests.Benchmarks;

/// <summary>Runs a what at its smallest size on the servers of the test run, as the program does.</summary>
internal static class Smallest
{
    public static Request Request(string what) => RequestReader.Read([what, "--smallest"])!;

    public static async Task<Outcome> RunAsync(SharedControlPlane servers, string what)
    {
        // Its own kube-apiserver: its process and its counters are read.
        var plane = await servers.GetOwnAsync();
        var request = Request(what);
        var output = TestContext.Current.TestOutputHelper!;
        var outcome = await request.What.RunAsync(new(request, plane, output.WriteLine), TestContext.Current.CancellationToken);
        foreach (var series in outcome.Series)
            output.WriteLine($"{series.Case}, {series.Who}, {series.Of}: {string.Join(' ', series.Samples)} {series.Unit}");
        return outcome;
    }
}
