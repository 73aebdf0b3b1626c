using LeaseElection.Election;
using LeaseElection.Leases;

namespace LeaseElection.Pump;

/// <summary>What the machine is told of a store's outcomes.</summary>
internal static class Outcomes
{
    public static ElectionInput AsInput(ReadOutcome outcome) => outcome switch
    {
        ReadOutcome.Found found => new ElectionInput.ReadEnded(ReadResult.Found, found.Lease),
        ReadOutcome.Absent => new ElectionInput.ReadEnded(ReadResult.Absent),
        ReadOutcome.Rejected => new ElectionInput.ReadEnded(ReadResult.Rejected),
        ReadOutcome.Failed failed => new ElectionInput.ReadEnded(ReadResult.Failed, RetryAfter: failed.RetryAfter),
        _ => new ElectionInput.ReadEnded(ReadResult.Failed),
    };

    public static ElectionInput AsInput(long number, WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Written written => new ElectionInput.WriteEnded(number, WriteResult.Written, written.Lease),
        WriteOutcome.Conflict => new ElectionInput.WriteEnded(number, WriteResult.Conflict),
        WriteOutcome.Missing => new ElectionInput.WriteEnded(number, WriteResult.Missing),
        WriteOutcome.Rejected => new ElectionInput.WriteEnded(number, WriteResult.Rejected),
        WriteOutcome.Unknown unknown => new ElectionInput.WriteEnded(number, WriteResult.Unknown, RetryAfter: unknown.RetryAfter),
        _ => new ElectionInput.WriteEnded(number, WriteResult.Unknown),
    };
}
