using System.Globalization;
using LeaseElection.Leases;

namespace LeaseElection.Diagnostics;

/// <summary>The names of a store's outcomes in metrics.</summary>
internal static class OutcomeNames
{
    public static string Of(ReadOutcome outcome) => outcome switch
    {
        ReadOutcome.Found => "ok",
        ReadOutcome.Absent => "missing",
        ReadOutcome.Rejected rejected => Of(rejected.Why),
        _ => "failed",
    };

    public static string Of(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Written => "ok",
        WriteOutcome.Conflict => "conflict",
        WriteOutcome.Missing => "missing",
        WriteOutcome.Rejected rejected => Of(rejected.Why),
        _ => "failed",
    };

    private static string Of(Rejection why) => why.StatusCode.ToString(CultureInfo.InvariantCulture);
}
