namespace LeaseElection;

/// <summary>What happens when the leader's work goes on after the time that it had to stop.</summary>
public enum WorkOverrunPolicy
{
    /// <summary>Log it as an error, and stop the host.</summary>
    StopHost,

    /// <summary>Log it as an error, and go on waiting. No new term begins here while the work runs.</summary>
    Log,

    /// <summary>
    /// End the process at once (<see cref="Environment.FailFast(string)"/>): the only policy that stops work that ignores its token.
    /// </summary>
    FailFast,
}
