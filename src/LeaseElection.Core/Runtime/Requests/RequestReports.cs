using LeaseElection.Diagnostics;
using LeaseElection.Election.Inputs;
using LeaseElection.Leases;

namespace LeaseElection.Runtime.Requests;

/// <summary>Where requests and watches report: the loop's inputs, the log of troubles, the metrics, and the signs of life.</summary>
internal sealed class RequestReports(ElectorContext context, Vitals vitals, Action<ElectionInput> post)
{
    private volatile bool _watchFails;

    public TroubleLog Trouble { get; } = new(context);

    public ElectionMonitor? Monitor => context.Monitor;

    public TimeProvider Time => context.Time;

    /// <summary>
    /// Gets or sets a value indicating whether the latest watch report was a failure. A watch that replaces a failing one inherits it.
    /// </summary>
    public bool WatchFails
    {
        get => _watchFails;
        set => _watchFails = value;
    }

    /// <summary>Gives the loop an input, from any thread.</summary>
    public void Post(ElectionInput input) => post(input);

    public void WriteBegan(long number) => vitals.WriteBegan(number);

    /// <summary>The end of a write, from any thread.</summary>
    public void WriteEnded(long number, WriteOutcome outcome)
    {
        vitals.WriteEnded(number);
        post(new ElectionInput.WriteEnded(number, outcome));
    }

    /// <summary>The end of a read beside a write, from any thread.</summary>
    public void ProbeEnded(long write, bool onAnother, ReadOutcome outcome) =>
        post(new ElectionInput.ProbeEnded(write, onAnother, outcome));

    public void ReadBegan() => vitals.ReadBegan();

    /// <summary>The end of a read, from any thread.</summary>
    public void ReadEnded(ReadOutcome outcome)
    {
        vitals.ReadEnded();
        post(new ElectionInput.ReadEnded(outcome));
    }
}
