namespace LeaseElection;

/// <summary>What happens when the leader's work fails by itself.</summary>
public enum WorkFailurePolicy
{
    /// <summary>Release the Lease and campaign again after a backoff of 1 s, doubled with every failure in a row up to 1 min.</summary>
    StepDown,

    /// <summary>
    /// Release the Lease and stop the host; without a host, <see cref="LeaderElector.RunAsync"/> throws the work's exception.
    /// </summary>
    StopHost,
}
