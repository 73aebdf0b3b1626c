namespace LeaseElection.TestKit;

/// <summary>From before the process was stopped until before it was continued.</summary>
public sealed record Freeze(long FromNs, long ToNs);
