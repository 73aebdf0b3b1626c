using System.Globalization;
using LeaseElection.Election.State;

namespace LeaseElection.Diagnostics;

/// <summary>How a standby's wait is told.</summary>
internal static class StandbyTexts
{
    /// <summary>Why the wait is as long as it is: what follows "because".</summary>
    public static string Because(in StandbyWait wait)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{wait.Wait.TotalSeconds:0}");
        return wait.Cause switch
        {
            WaitCause.Record => $"it says leaseDurationSeconds {seconds}",
            WaitCause.Mark => $"its annotation leaseelection/term says {seconds} s",
            WaitCause.OwnDuration => $"it says no duration, and ours is {seconds} s",
            WaitCause.Erased => $"its holder was erased without a release, and its annotation leaseelection/term says {seconds} s",
            WaitCause.Deleted => "it was deleted under its holder, which may be cut off and alive",
            WaitCause.Earlier => $"an earlier version of it said {seconds} s",
            _ => "it is free",
        };
    }

    /// <summary>What an operator can do who knows better. By the rules of S3: a record that was released is waited for by nobody.</summary>
    public static string WayOut(in StandbyWait wait, string lease)
    {
        var holder = wait.Holder ?? "the old leader";
        if (wait.Cause == WaitCause.Deleted)
            return $"once nothing of {holder} runs, restart this replica";
        var (ns, name) = lease.Split('/') is [var first, var second] ? (first, second) : ("default", lease);
        const string released = """{"metadata":{"annotations":{"leaseelection/term":""}},"spec":{"holderIdentity":""}}""";
        return $"once nothing of {holder} runs, kubectl patch lease {name} -n {ns} --type merge -p '{released}'";
    }

    public static string Shown(TimeSpan span)
    {
        var (number, unit) = span < TimeSpan.FromMinutes(2) ? (Math.Max(0, span.TotalSeconds), "s")
            : span < TimeSpan.FromHours(2) ? (span.TotalMinutes, "min")
            : (span.TotalHours, "h");
        return string.Create(CultureInfo.InvariantCulture, $"{number:0} {unit}");
    }
}
