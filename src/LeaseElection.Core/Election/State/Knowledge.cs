namespace LeaseElection.Election.State;

/// <summary>What is known of the Lease.</summary>
internal enum Knowledge
{
    Unknown,
    Absent,
    Present,
}
