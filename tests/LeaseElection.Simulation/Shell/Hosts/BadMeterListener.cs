using System.Diagnostics.Metrics;
using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Parts;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Hosts;

/// <summary>A listener to one host's metrics that throws, or holds the thread.</summary>
internal sealed class BadMeterListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Foreign _plan;
    private readonly HostRecord _host;
    private readonly Actor _actor;
    private readonly WorldTime _time;
    private int _calls;

    public BadMeterListener(Foreign plan, IMeterFactory meters, HostRecord host, Actor actor, WorldTime time)
    {
        (_plan, _host, _actor, _time) = (plan, host, actor, time);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name == "LeaseElection" && !instrument.IsObservable)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) => Act());
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Act());
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private void Act()
    {
        if (_actor.IsCalm)
            return;
        if (_plan.Kind == ForeignKind.MeterListenerThrows)
            throw new InvalidOperationException("the meter listener throws, as planned");
        if (Interlocked.Increment(ref _calls) != 3)
            return;
        _host.ForeignBlockedSince ??= _time.Now;
        _actor.Block(_plan.Length);
        _host.ForeignBlockedSince = null;
    }
}
