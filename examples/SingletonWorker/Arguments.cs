namespace SingletonWorker;

/// <summary>The command line.</summary>
internal static class Arguments
{
    public static bool AskForHelp(string[] args) => args.Any(a => a is "--help" or "-h" or "-?");

    /// <summary>A flag alone would swallow the argument behind it.</summary>
    public static string[] Normalize(string[] args) => [.. args.Select(a => a == "--json" ? "--json=true" : a)];

    public static int PrintHelp()
    {
        Console.WriteLine(
            """
            A worker that runs on one replica at a time. Start it several times against one cluster.

            Usage: dotnet run --project examples/SingletonWorker -- [options]

              --json         one JSON object a line on standard output, nothing else (logs go to standard error)
              --tick MS      how often the worker works: milliseconds, 1 to 60000, default 20
              --LeaderElection:SETTING VALUE
                             any setting of the election, for example --LeaderElection:LeaseDuration 00:00:05
              --help         this text

            Settings are read from appsettings.json, environment variables (LeaderElection__LeaseName=…) and the command line.
            The cluster is the one the process runs in, else that of KUBECONFIG or ~/.kube/config. POD_NAME begins the identity.
            SIGTERM or Ctrl+C: the work is drained, the Lease released, exit code 0. SIGHUP: steps down, and campaigns again.
            """);
        return 0;
    }
}
