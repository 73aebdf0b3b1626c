namespace LeaseElection;

/// <summary>What happens when the leader's work returns by itself.</summary>
public enum WorkCompletionPolicy
{
    /// <summary>
    /// Go on leading without work, so that no other replica does the work again while this one lives. Leader services that have ended by
    /// themselves are stopped and disposed of when the term ends.
    /// </summary>
    KeepLeading,

    /// <summary>Release the Lease and leave the election for good: this replica does not campaign again.</summary>
    Resign,
}
