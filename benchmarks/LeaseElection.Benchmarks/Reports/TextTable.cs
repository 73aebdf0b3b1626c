namespace LeaseElection.Benchmarks.Reports;

/// <summary>A table before it is drawn.</summary>
internal sealed record TextTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
