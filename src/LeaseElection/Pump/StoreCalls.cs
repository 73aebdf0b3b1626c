using LeaseElection.Diagnostics;
using LeaseElection.Election;
using LeaseElection.Leases;

namespace LeaseElection.Pump;

/// <summary>Calls the store. Whatever happens, every call ends with exactly one input; also where the store throws, and where telling of it fails.</summary>
internal static class StoreCalls
{
    /// <summary>Reads. The election does not wait for longer than this, whatever the store does.</summary>
    public static async Task ReadAsync(ILeaseStore store, ElectionPump pump, TimeSpan longest, CancellationToken cancellationToken)
    {
        var began = pump.Time.GetTimestamp();
        ReadOutcome outcome;
        string? defect = null;
        try
        {
            outcome = await store.ReadAsync(cancellationToken).WaitAsync(longest, pump.Time, CancellationToken.None).ConfigureAwait(false);
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
                Report(pump, outcome, began, defect);
        }
        finally
        {
            pump.ReadEnded(Outcomes.AsInput(outcome));
        }
    }

    public static void Write(ILeaseStore store, ElectionPump pump, in Effect effect, CancellationToken cancellationToken)
    {
        var began = pump.Time.GetTimestamp();
        var isRenewal = pump.Monitor?.IsLeading == true;
        Task<WriteOutcome> writing;
        try
        {
            writing = store.WriteAsync(effect.Write, effect.Timeout, cancellationToken);
        }
        catch (Exception error)
        {
            writing = Task.FromException<WriteOutcome>(error);
        }

        _ = EndAsync(writing, pump, effect.Number, effect.Write.IsCreate ? "create" : "update", began, isRenewal, cancellationToken);
    }

    private static async Task EndAsync(
        Task<WriteOutcome> writing, ElectionPump pump, long number, string verb, long began, bool isRenewal, CancellationToken cancellationToken)
    {
        WriteOutcome outcome;
        string? defect = null;
        try
        {
            outcome = await writing.ConfigureAwait(false);
        }
        catch (Exception error) // A defect in a store. It may have committed before whatever went wrong.
        {
            defect = ForeignExceptions.MessageOf(error);
            outcome = new WriteOutcome.Unknown(defect, RetryAfter: null);
        }

        try
        {
            if (!cancellationToken.IsCancellationRequested)
                Report(pump, outcome, verb, began, isRenewal, defect);
        }
        finally
        {
            pump.WriteEnded(Outcomes.AsInput(number, outcome));
        }
    }

    private static void Report(ElectionPump pump, ReadOutcome outcome, long began, string? defect)
    {
        pump.Monitor?.RequestEnded("get", Outcomes.NameOf(outcome), began, isRenewal: false);
        if (outcome is ReadOutcome.Rejected rejected)
            pump.Trouble.Rejected(rejected.Why);
        else if (outcome is ReadOutcome.Failed failed)
            pump.Trouble.Failed("get", failed.Why);
        else
            pump.Trouble.Succeeded("get");
        if (defect is not null)
            pump.Monitor?.StoreBroke("get", defect);
    }

    private static void Report(ElectionPump pump, WriteOutcome outcome, string verb, long began, bool isRenewal, string? defect)
    {
        pump.Monitor?.RequestEnded(verb, Outcomes.NameOf(outcome), began, isRenewal);
        if (outcome is WriteOutcome.Rejected rejected)
            pump.Trouble.Rejected(rejected.Why);
        else if (outcome is WriteOutcome.Unknown unknown)
            pump.Trouble.Failed(verb, unknown.Why);
        else
            pump.Trouble.Succeeded(verb);
        if (defect is not null)
            pump.Monitor?.StoreBroke(verb, defect);
    }
}
