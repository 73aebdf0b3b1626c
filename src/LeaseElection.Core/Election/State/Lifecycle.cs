namespace LeaseElection.Election.State;

/// <summary>Whether this candidate takes part.</summary>
internal enum Lifecycle
{
    Idle,
    Running,
    Stopping,
    Finished,
}
