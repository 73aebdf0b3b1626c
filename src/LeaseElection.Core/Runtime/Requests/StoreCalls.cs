using LeaseElection.Diagnostics;
using LeaseElection.Election.Outputs;
using LeaseElection.Leases;

namespace LeaseElection.Runtime.Requests;

/// <summary>Calls the store. Every call ends with exactly one input, even when the store throws or a report fails.</summary>
internal static class StoreCalls
{
    /// <summary>Reads. The election does not wait longer than this, whatever the store does.</summary>
    public static async Task ReadAsync(ILeaseStore store, RequestReports reports, TimeSpan longest, CancellationToken cancellationToken)
    {
        var began = reports.Time.GetTimestamp();
        ReadOutcome outcome;
        string? defect = null;
        try
        {
            outcome = await store.ReadAsync(cancellationToken)
                .WaitAsync(longest, reports.Time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            outcome = new ReadOutcome.Failed("the store gave no answer in time", RetryAfter: null);
        }
        catch (Exception error) // A defect in a store is a failed read; cancellation is the election's end.
        {
            defect = ForeignExceptions.MessageOf(error);
            outcome = new ReadOutcome.Failed(defect, RetryAfter: null);
        }

        try
        {
            if (!cancellationToken.IsCancellationRequested)
                Report(reports, outcome, began, defect);
        }
        finally
        {
            reports.ReadEnded(outcome);
        }
    }

    /// <summary>Reads once, because a write has no answer. What went wrong is the write's to tell.</summary>
    public static async Task ProbeAsync(
        ILeaseStore store, RequestReports reports, Effect effect, TimeSpan longest, CancellationToken cancellationToken)
    {
        var began = reports.Time.GetTimestamp();
        ReadOutcome outcome;
        try
        {
            outcome = await store.ProbeAsync(effect.OnAnother, cancellationToken)
                .WaitAsync(longest, reports.Time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) // A time-out, a defect in a store, or the election's end.
        {
            outcome = new ReadOutcome.Failed(ForeignExceptions.MessageOf(error), RetryAfter: null);
        }

        try
        {
            if (!cancellationToken.IsCancellationRequested)
                Report(reports, outcome, began);
        }
        finally
        {
            reports.ProbeEnded(effect.Number, effect.OnAnother, outcome);
        }
    }

    public static void Write(ILeaseStore store, RequestReports reports, in Effect effect, CancellationToken cancellationToken)
    {
        var began = reports.Time.GetTimestamp();
        var isRenewal = reports.Monitor?.IsLeading == true;
        Task<WriteOutcome> writing;
        reports.Trouble.Sends(effect.Write.Version);
        try
        {
            writing = store.WriteAsync(effect.Write, effect.Timeout, cancellationToken);
        }
        catch (Exception error)
        {
            writing = Task.FromException<WriteOutcome>(error);
        }

        // Without the rest: a waiting task keeps in memory all that it was given.
        var sent = effect.Write with { Rest = null };
        _ = EndAsync(writing, reports, effect.Number, sent, began, isRenewal, cancellationToken);
    }

    private static async Task EndAsync(
        Task<WriteOutcome> writing, RequestReports reports, long number,
        LeaseWrite sent, long began, bool isRenewal, CancellationToken cancellationToken)
    {
        WriteOutcome outcome;
        string? defect = null;
        try
        {
            outcome = await writing.ConfigureAwait(false);
        }
        catch (Exception error) // A defect in a store. The write may have committed before it.
        {
            defect = ForeignExceptions.MessageOf(error);
            outcome = new WriteOutcome.Unknown(defect, RetryAfter: null);
        }

        try
        {
            if (!cancellationToken.IsCancellationRequested)
                Report(reports, outcome, sent, began, isRenewal, defect);
        }
        finally
        {
            reports.WriteEnded(number, outcome);
        }
    }

    private static void Report(RequestReports reports, ReadOutcome outcome, long began)
    {
        reports.Monitor?.RequestEnded("get", OutcomeNames.Of(outcome), began, isRenewal: false);
        if (outcome is ReadOutcome.Found { Lease: var lease })
            reports.Trouble.Saw(lease);
    }

    private static void Report(RequestReports reports, ReadOutcome outcome, long began, string? defect)
    {
        Report(reports, outcome, began);
        if (outcome is ReadOutcome.Rejected rejected)
            reports.Trouble.Rejected(rejected.Why);
        else if (outcome is ReadOutcome.Failed failed)
            reports.Trouble.Failed("get", failed.Why);
        else
            reports.Trouble.Succeeded("get", reports.Time.GetElapsedTime(began));
        if (defect is not null)
            reports.Monitor?.StoreBroke("get", defect);
    }

    private static void Report(
        RequestReports reports, WriteOutcome outcome, in LeaseWrite sent, long began, bool isRenewal, string? defect)
    {
        var verb = sent.IsCreate ? "create" : "update";
        reports.Monitor?.RequestEnded(verb, OutcomeNames.Of(outcome), began, isRenewal);
        if (outcome is WriteOutcome.Rejected rejected)
            reports.Trouble.Rejected(rejected.Why);
        else if (outcome is WriteOutcome.Unknown unknown)
            reports.Trouble.Failed(verb, unknown.Why);
        else
            reports.Trouble.Succeeded(verb, reports.Time.GetElapsedTime(began));
        if (outcome is WriteOutcome.Written { Lease: var lease })
            reports.Trouble.Stored(WriteDifference.Find(sent.Spec, sent.Mark, lease));
        if (defect is not null)
            reports.Monitor?.StoreBroke(verb, defect);
    }
}
