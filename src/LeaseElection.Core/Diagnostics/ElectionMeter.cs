using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LeaseElection.Diagnostics;

/// <summary>
/// The instruments of the meter <c>LeaseElection</c>, by OpenTelemetry's conventions: durations in seconds, the election's name as an
/// attribute. One meter serves all elections of a host, another all electors without a host.
/// </summary>
internal sealed class ElectionMeter
{
    /// <summary>The meter's name, and the one of the source of spans.</summary>
    public const string Name = "LeaseElection";

    private static readonly Lazy<ElectionMeter> LazilyShared = new(static () => new(factory: null), LazyThreadSafetyMode.PublicationOnly);

    private readonly ConcurrentDictionary<ElectionMonitor, byte> _running = new();

    public ElectionMeter(IMeterFactory? factory, TimeProvider? time = null)
    {
        Listeners = new(time ?? TimeProvider.System, "a listener of metrics or spans");
#pragma warning disable CA2000 // A factory owns its meter; the other lives as long as the process.
        var meter = factory?.Create(Name) ?? new Meter(Name);
#pragma warning restore CA2000
        meter.CreateObservableUpDownCounter(
            "leaseelection.leader", Each(static m => m.IsLeading ? 1 : 0), "{leader}", "1 while this replica leads, else 0.");
        // The name and the one label under which client-go's users know this gauge, so that their dashboards keep working.
        meter.CreateObservableGauge(
            "leader_election_master_status", MasterStatus, null, "1 while this replica leads, else 0; the name that client-go uses.");
        meter.CreateObservableGauge(
            "leaseelection.term.remaining",
            Each(static m => m.Remaining.TotalSeconds),
            "s",
            "How long the term is sure to go on without another renewal; 0 where this replica does not lead.");
        meter.CreateObservableGauge(
            "leaseelection.leaderless.duration",
            Each(static m => m.Leaderless.TotalSeconds),
            "s",
            "How long this replica has known of no leader; 0 while it knows one.");
        Terms = meter.CreateCounter<long>("leaseelection.terms", "{term}", "Terms that this replica began.");
        TermEnds = meter.CreateCounter<long>("leaseelection.term.ends", "{term}", "Terms of this replica that ended, by reason.");
        TermDuration = meter.CreateHistogram<double>("leaseelection.term.duration", "s", "How long the terms of this replica lasted.");
        Handover = meter.CreateHistogram<double>(
            "leaseelection.handover.duration", "s", "From the sight of a Lease that is free until the term of this replica began.");
        Renewals = meter.CreateHistogram<double>("leaseelection.renewal.duration", "s", "How long renewals took, by outcome.");
        Requests = meter.CreateCounter<long>("leaseelection.requests", "{request}", "Reads and writes of the Lease, by verb and outcome.");
        Overruns = meter.CreateCounter<long>("leaseelection.overruns", "{overrun}", "Terms whose work outlived them.");
    }

    /// <summary>Gets the meter of electors without a host. When a listener throws while it is created, only that attempt fails.</summary>
    public static ElectionMeter Shared => LazilyShared.Value;

    /// <summary>Gets the queue that runs the listeners of metrics and spans.</summary>
    public ForeignQueue Listeners { get; }

    public Counter<long> Terms { get; }

    public Counter<long> TermEnds { get; }

    public Histogram<double> TermDuration { get; }

    public Histogram<double> Handover { get; }

    public Histogram<double> Renewals { get; }

    public Counter<long> Requests { get; }

    public Counter<long> Overruns { get; }

    public void Add(ElectionMonitor monitor) => _running.TryAdd(monitor, 0);

    public void Remove(ElectionMonitor monitor) => _running.TryRemove(monitor, out _);

    private Func<IEnumerable<Measurement<T>>> Each<T>(Func<ElectionMonitor, T> measure)
        where T : struct => () => _running.Keys.Select(m => new Measurement<T>(measure(m), m.Tag));

    private IEnumerable<Measurement<int>> MasterStatus() =>
        _running.Keys.Select(static m => new Measurement<int>(m.IsLeading ? 1 : 0, new KeyValuePair<string, object?>("name", m.LeaseName)));
}
