
namespace LeaseElection.Leases;

/// <summary>What became of a read.</summary>
internal abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>The Lease exists.</summary>
    public sealed record Found(LeaseSnapshot Lease) : ReadOutcome;

    /// <summary>There is no such Lease (or no such namespace: a read cannot tell).</summary>
    public sealed record Absent : ReadOutcome;

    /// <summary>The server refuses, and keeps refusing until an administrator acts.</summary>
    public sealed record Rejected(Rejection Why) : ReadOutcome;

    /// <summary>No answer, or one that cannot be understood.</summary>
    public sealed record Failed(string Why, TimeSpan? RetryAfter) : ReadOutcome;
}
