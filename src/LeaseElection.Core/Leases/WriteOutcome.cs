
namespace LeaseElection.Leases;

/// <summary>What became of a write.</summary>
internal abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    /// <summary>Committed; this is the Lease now.</summary>
    public sealed record Written(LeaseSnapshot Lease) : WriteOutcome;

    /// <summary>409: the precondition did not hold, or the Lease exists already.</summary>
    public sealed record Conflict : WriteOutcome;

    /// <summary>404 to an update: there is no such Lease.</summary>
    public sealed record Missing : WriteOutcome;

    /// <summary>The server refuses, and keeps refusing until an administrator acts. Nothing was written.</summary>
    public sealed record Rejected(Rejection Why) : WriteOutcome;

    /// <summary>No answer, one that cannot be understood, or a passing error: the write may have committed.</summary>
    public sealed record Unknown(string Why, TimeSpan? RetryAfter) : WriteOutcome;
}
