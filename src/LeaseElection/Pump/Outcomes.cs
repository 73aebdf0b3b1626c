using System.Globalization;
using LeaseElection.Election;
using LeaseElection.Leases;

namespace LeaseElection.Pump;

/// <summary>What the machine hears about a store's outcomes, and their names in metrics.</summary>
internal static class Outcomes
{
    public static string NameOf(ReadOutcome outcome) => outcome switch
    {
        ReadOutcome.Found => "ok",
        ReadOutcome.Absent => "missing",
        ReadOutcome.Rejected rejected => NameOf(rejected.Why),
        _ => "failed",
    };

    public static string NameOf(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Written => "ok",
        WriteOutcome.Conflict => "conflict",
        WriteOutcome.Missing => "missing",
        WriteOutcome.Rejected rejected => NameOf(rejected.Why),
        _ => "failed",
    };

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

    private static string NameOf(Rejection why) => why.StatusCode.ToString(CultureInfo.InvariantCulture);
}
