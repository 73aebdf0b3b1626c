namespace LeaseElection.Election;

/// <summary>How the work of a term ended.</summary>
internal enum WorkResult
{
    Completed,
    Failed,
}
