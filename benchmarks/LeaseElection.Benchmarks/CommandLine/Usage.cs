namespace LeaseElection.Benchmarks.CommandLine;

/// <summary>What --help says.</summary>
internal static class Usage
{
    public static string Text { get; } = $"""
        Usage: dotnet run -c Release --project benchmarks/LeaseElection.Benchmarks -- WHAT [options]

        Measures this library, its peers and a floor of raw requests side by side, on a kube-apiserver and etcd that are started for it
        (eng/control-plane.sh gets them). Times mean little on a shared machine; ratios within one call do.

        {string.Join("\n", Whats.All.Select(what => $"  {what.Name,-10} {what.Measures}\n  {"",-10} ({string.Join(", ", what.Takes)})"))}
          renewal    one renewal in the client, ours and KubernetesClient's; needs no server
          micro      asking, one step of the machine, a Lease read and written; needs no server
                     (both are BenchmarkDotNet's: so is all that follows them, for example --job short -i)

          --runs N          how often each case is measured, 1 to 10000; peers that are slow at it less often
          --standbys LIST   the numbers of standbys, each 1 to 200, for example 1,5,50
          --elections LIST  the numbers of elections in a process, each 1 to 20000; above 1000 on the embedded server
          --minutes M       how long a steady state is watched, 0.1 to 60
          --out FILE.json   writes machine, date, command, every sample and every target
          --plot FILE.svg   writes a plot
          --smallest        everything as small as it can be; targets of time are not judged, and a peer whose program is missing is left out
          --help            this text

        Exit code 0: every target is met. 1: one is missed, or it could not be measured. 2: a mistake in the command line.
        """;
}
