using LeaseElection.Leases;

namespace LeaseElection.Tests.Election;

/// <summary>A store's answers without a Lease in them.</summary>
internal static class Answers
{
    public static WriteOutcome NoAnswer { get; } = new WriteOutcome.Unknown("no answer", RetryAfter: null);

    public static WriteOutcome WriteRefused { get; } = new WriteOutcome.Rejected(new(RejectionKind.Forbidden, "update", 403, "refused"));

    public static ReadOutcome ReadFailed { get; } = new ReadOutcome.Failed("no answer", RetryAfter: null);

    public static ReadOutcome ReadRefused { get; } = new ReadOutcome.Rejected(new(RejectionKind.Forbidden, "get", 403, "refused"));
}
