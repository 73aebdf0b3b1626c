namespace LeaseElection.TestKit;

/// <summary>What a run of kubectl came to: its exit code, and what it wrote.</summary>
public sealed record KubectlResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Gets the lines of the output.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
