namespace FencedWriter;

/// <summary>The command line: what --help says, and what is no option.</summary>
internal static class Help
{
    public const string Text =
        """
        A worker that runs on one replica at a time, and writes to PostgreSQL with its fencing token: the database refuses what a
        leader of the past still sends. See README.md beside the source.

        Usage: dotnet run --project examples/FencedWriter -- [options]

        One process is one replica: start it several times, in several terminals or as several pods. It needs a cluster (the one it
        runs in, else that of KUBECONFIG or ~/.kube/config) and a PostgreSQL, 14 or later:

          export ConnectionStrings__Journal='Host=127.0.0.1;Username=writer;Password=…;Database=journal'

        Its tables are made at the first start (schema.sql), so the role has to be allowed that.

          --every MS     how often the leader writes: milliseconds, 1 to 60000, default 1000
          --LeaderElection:SETTING VALUE
                         any setting of the election, for example --LeaderElection:LeaseDuration 00:00:05
          --help         this text

        Settings are read from appsettings.json, environment variables and the command line; the password is best kept off the latter.
        SIGTERM or Ctrl+C: the work is drained, the Lease released, exit code 0. A mistake in the settings: one line, exit code 1.
        """;

    /// <summary>A mistyped option would be passed over in silence.</summary>
    /// <exception cref="FormatException">The message names it.</exception>
    public static void Check(IEnumerable<string> args)
    {
        foreach (var option in args.Where(argument => argument.StartsWith('-')).Select(argument => argument.Split('=')[0]))
        {
            if (!option.Equals("--every", StringComparison.OrdinalIgnoreCase) && !option.Contains(':', StringComparison.Ordinal))
                throw new FormatException(
                    $"{option} is no option: see --help, or write a setting in full, as in --LeaderElection:LeaseDuration 00:00:05");
        }
    }
}
