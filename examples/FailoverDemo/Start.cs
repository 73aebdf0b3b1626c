namespace FailoverDemo;

/// <summary>What the command line asks for, and a first line that says so.</summary>
/// <param name="Arguments">The command line.</param>
/// <param name="ExitCode">There is nothing to run, and why has been said; null: run.</param>
internal sealed record Start(Arguments Arguments, int? ExitCode)
{
    public static Start Read(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            var arguments = Arguments.Parse(args);
            if (arguments.Help)
            {
                Arguments.WriteHelp(output);
                return new(arguments, 0);
            }

            // JSON lines have standard output for themselves.
            (arguments.Json ? errors : output).WriteLine(
                $"An API server and {arguments.Replicas} replica{(arguments.Replicas == 1 ? "" : "s")} in this process; no cluster is used. Ctrl+C ends.");
            return new(arguments, null);
        }
        catch (FormatException mistake)
        {
            errors.WriteLine($"FailoverDemo: {mistake.Message}");
            return new(new(), 1);
        }
    }
}
