namespace LeaseElection.Election;

/// <summary>What became of a write.</summary>
internal enum WriteResult
{
    Written,
    Conflict,
    Missing,
    Rejected,
    Unknown,
}
