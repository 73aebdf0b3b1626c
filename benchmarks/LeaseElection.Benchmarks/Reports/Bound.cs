namespace LeaseElection.Benchmarks.Reports;

/// <summary>Which side of a limit is good.</summary>
internal enum Bound
{
    AtMost,
    AtLeast,
}
