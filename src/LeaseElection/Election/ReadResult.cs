namespace LeaseElection.Election;

/// <summary>What became of a read.</summary>
internal enum ReadResult
{
    Found,
    Absent,
    Rejected,
    Failed,
}
