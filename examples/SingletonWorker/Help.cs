namespace SingletonWorker;

/// <summary>What --help says.</summary>
internal static class Help
{
    public const string Text =
        """
        A worker that runs on one replica at a time.

        Usage: dotnet run --project examples/SingletonWorker -- [options]

        Without a cluster: a demo. An API server for Leases and several replicas run in this process; the leader is stopped again
        and again, by turns gracefully and by freezing it (the API server answers it no more), and every failover is timed. On a
        terminal it is a live view, else plain lines.

          --replicas N   how many replicas: 1 to 9, default 3
          --every S      how often the leader is stopped: seconds, 0 to 3600, default 10; 0 is never
          --for S        ends by itself after so many seconds: 1 to 86400, default: runs until Ctrl+C

        With a cluster: one replica. Start it several times, in several terminals or as several pods. The cluster is the one the
        process runs in, else that of KUBECONFIG or ~/.kube/config. POD_NAME begins the identity. SIGHUP: the leader steps down,
        and campaigns again.

        Always:

          --json         one JSON object a line on standard output, nothing else (all other lines go to standard error)
          --tick MS      how often the worker works: milliseconds, 1 to 60000, default 20
          --LeaderElection:SETTING VALUE
                         any setting of the election, for example --LeaderElection:LeaseDuration 00:00:10
                         (default: 5 s in the demo, else 15 s)
          --help         this text

        Settings are read from appsettings.json, environment variables (LeaderElection__LeaseName=…) and the command line.
        SIGTERM or Ctrl+C: the work is drained, the Lease released, exit code 0. A mistake in the settings: one line, exit code 1.
        """;
}
