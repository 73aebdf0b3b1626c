namespace LeaseElection.Benchmarks.Reports;

/// <summary>What came of a target.</summary>
internal enum Verdict
{
    Met,
    Missed,

    /// <summary>At the smallest size times say nothing.</summary>
    NotJudged,
}
