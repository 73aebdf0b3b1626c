namespace SingletonWorker;

/// <summary>What --help says.</summary>
internal static class Help
{
    private const string Text =
        """
        A worker that runs on one replica at a time. Start it several times: in several terminals, or as several pods (deploy/).

        Usage: dotnet run --project examples/SingletonWorker -- [options]

          --json         one JSON object a line on standard output and nothing else; the log goes to standard error
          --tick MS      how often the worker works: milliseconds, 1 to 60000, default 20
          --LeaderElection:SETTING VALUE
                         any setting of the election, for example --LeaderElection:LeaseDuration 00:00:10
          --help         this text

        It needs a cluster: the one that it runs in, or that of KUBECONFIG or ~/.kube/config. Without one, see examples/FailoverDemo.
        Settings also come from appsettings.json and environment variables (LeaderElection__LeaseName=…). POD_NAME begins the identity.
        SIGHUP: the leader steps down and campaigns again. SIGTERM or Ctrl+C: the work is drained, the Lease released, exit code 0.
        A mistake in the settings: one line, exit code 1.
        """;

    public static int Print()
    {
        Console.WriteLine(Text);
        return 0;
    }
}
