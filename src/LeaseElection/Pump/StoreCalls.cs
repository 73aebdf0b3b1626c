using LeaseElection.Election;
using LeaseElection.Leases;

namespace LeaseElection.Pump;

/// <summary>Calls the store. Whatever happens, every call ends with exactly one input.</summary>
internal static class StoreCalls
{
    public static async Task ReadAsync(ILeaseStore store, ElectionPump pump, CancellationToken cancellationToken)
    {
        ReadOutcome outcome;
        try
        {
            outcome = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) // A defect in a store is a failed read; cancellation is the election's end.
        {
            outcome = new ReadOutcome.Failed(error.Message, RetryAfter: null);
        }

        if (!cancellationToken.IsCancellationRequested)
            Report(pump.Trouble, outcome);
        pump.Post(Outcomes.AsInput(outcome));
    }

    public static void Write(ILeaseStore store, ElectionPump pump, in Effect effect, CancellationToken cancellationToken)
    {
        Task<WriteOutcome> writing;
        try
        {
            writing = store.WriteAsync(effect.Write, effect.Timeout, cancellationToken);
        }
        catch (Exception error)
        {
            writing = Task.FromException<WriteOutcome>(error);
        }

        _ = EndAsync(writing, pump, effect.Number, effect.Write.IsCreate ? "create" : "update", cancellationToken);
    }

    private static async Task EndAsync(Task<WriteOutcome> writing, ElectionPump pump, long number, string verb, CancellationToken cancellationToken)
    {
        WriteOutcome outcome;
        try
        {
            outcome = await writing.ConfigureAwait(false);
        }
        catch (Exception error) // A defect in a store. It may have committed before whatever went wrong.
        {
            outcome = new WriteOutcome.Unknown(error.Message, RetryAfter: null);
        }

        if (!cancellationToken.IsCancellationRequested)
            Report(pump.Trouble, outcome, verb);
        pump.Post(Outcomes.AsInput(number, outcome));
    }

    private static void Report(TroubleLog trouble, ReadOutcome outcome)
    {
        if (outcome is ReadOutcome.Rejected rejected)
            trouble.Rejected(rejected.Why);
        else if (outcome is ReadOutcome.Failed failed)
            trouble.Failed("get", failed.Why);
        else
            trouble.Succeeded("get");
    }

    private static void Report(TroubleLog trouble, WriteOutcome outcome, string verb)
    {
        if (outcome is WriteOutcome.Rejected rejected)
            trouble.Rejected(rejected.Why);
        else if (outcome is WriteOutcome.Unknown unknown)
            trouble.Failed(verb, unknown.Why);
        else
            trouble.Succeeded(verb);
    }
}
