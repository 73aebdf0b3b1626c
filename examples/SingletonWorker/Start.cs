namespace SingletonWorker;

/// <summary>What the command line and the machine ask for, and a first line that says so.</summary>
/// <param name="Arguments">The command line.</param>
/// <param name="Cluster">The cluster to take part in; null: there is none.</param>
/// <param name="ExitCode">There is nothing to run, and why has been said; null: run.</param>
internal sealed record Start(Arguments Arguments, string? Cluster, int? ExitCode)
{
    public static Start Read(string[] args) => Read(args, SingletonWorker.Cluster.Find(), Console.Out, Console.Error);

    /// <summary>As <see cref="Read(string[])"/>, on a machine with that cluster.</summary>
    public static Start Read(string[] args, string? cluster, TextWriter output, TextWriter errors)
    {
        try
        {
            var arguments = Arguments.Parse(args);
            if (arguments.Help)
            {
                output.WriteLine(Help.Text);
                return new(arguments, cluster, 0);
            }

            if (cluster is not null && arguments.OfDemo is { } option)
            {
                throw new FormatException(
                    $"{option} is for the demo without a cluster, but there is one: {cluster}. With a cluster a process is one replica: start it several times, or leave {option} out");
            }

            // JSON lines have standard output for themselves.
            (arguments.Json ? errors : output).WriteLine(Mode(arguments, cluster));
            return new(arguments, cluster, null);
        }
        catch (FormatException mistake)
        {
            errors.WriteLine($"SingletonWorker: {mistake.Message}.");
            return new(new(), cluster, 1);
        }
    }

    private static string Mode(Arguments arguments, string? cluster) => cluster is not null
        ? $"One replica, on a cluster: {cluster}. Ctrl+C ends it."
        : $"No cluster configured: API server and {arguments.ReplicasOrDefault} replica{(arguments.ReplicasOrDefault == 1 ? "" : "s")} in this process. Ctrl+C ends.";
}
