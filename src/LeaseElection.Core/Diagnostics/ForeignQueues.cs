using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Diagnostics;

/// <summary>
/// The queues of one host, or of electors without a host. Each kind of foreign code has its own queue, so that none waits behind another.
/// </summary>
internal sealed class ForeignQueues(TimeProvider time)
{
    /// <summary>How long the end of a run waits for its last log lines.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private static readonly ConditionalWeakTable<ILoggerFactory, ConcurrentDictionary<TimeProvider, ForeignQueues>> WithoutHost = [];

    public ForeignQueue Log { get; } = new(time, "the log");

    public ForeignQueue Host { get; } = new(time, "the host's stop");

    /// <summary>The queues of electors without a host. Electors with the same logger factory and the same clock share them.</summary>
    public static ForeignQueues For(ILoggerFactory loggers, TimeProvider time) =>
        WithoutHost.GetValue(loggers, static _ => []).GetOrAdd(time, static t => new(t));

    /// <summary>Creates the logger of an election, which never waits for its providers.</summary>
    public ILogger Logger(ILoggerFactory loggers) => QueuedLogger.Over(loggers.CreateLogger("LeaseElection"), Log);

    public Task FlushAsync() => Log.FlushAsync(Farewell);
}
