using System.Diagnostics.Metrics;

namespace LeaseElection.Tests.Diagnostics;

/// <summary>All that is measured on meters of its own making, by name and attributes.</summary>
internal sealed class MeterReadings : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly List<(string Name, string Tags, double Value)> _recorded = [];
    private readonly MeterListener _listener = new();

    public MeterReadings()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Gets or sets what is done with each measurement that is pushed, before it is noted.</summary>
    public Action? Heard { get; set; }

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>What a gauge shows now, of whatever attributes; empty when it shows nothing.</summary>
    public IReadOnlyList<double> Show(string name)
    {
        lock (_recorded)
            _recorded.RemoveAll(r => r.Name == name);
        _listener.RecordObservableInstruments();
        return Values(name);
    }

    /// <summary>Everything that was recorded under a name, with attributes that contain this text.</summary>
    public IReadOnlyList<double> Values(string name, string tags = "")
    {
        lock (_recorded)
            return [.. _recorded.Where(r => r.Name == name && r.Tags.Contains(tags, StringComparison.Ordinal)).Select(r => r.Value)];
    }

    /// <summary>The same, once there are so many: listeners are told a little later than it happens.</summary>
    public async Task<IReadOnlyList<double>> UntilAsync(string name, string tags = "", int count = 1)
    {
        while (Values(name, tags).Count < count)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return Values(name, tags);
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters)
            meter.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!instrument.IsObservable)
            Heard?.Invoke();
        var text = string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));
        lock (_recorded)
            _recorded.Add((instrument.Name, text, value));
    }
}
