using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Parts;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Simulation.Shell.Hosts;

/// <summary>A logging provider that throws or holds the thread, as planned.</summary>
internal sealed class BadLogger(Foreign plan, HostRecord host, Actor actor, WorldTime time) : ILoggerProvider, ILogger
{
    private int _lines;
    private volatile bool _isDisposed;

    public ILogger CreateLogger(string categoryName) =>
        categoryName == "LeaseElection" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (actor.IsCalm)
            return;
        var line = Interlocked.Increment(ref _lines);
        switch (plan.Kind)
        {
            case ForeignKind.LoggerThrowsOnNth when line == plan.Number:
            case ForeignKind.LoggerThrowsOnEvent when eventId.Id == plan.Number:
                throw new IOException("the disk is full, as planned");
            case ForeignKind.LoggerThrowsWhenDisposed:
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                break;
            case ForeignKind.LoggerBlocksOnEvent when eventId.Id == plan.Number:
                host.LogSpoiltSince ??= time.Now;
                host.ForeignBlockedSince ??= time.Now;
                actor.Block(plan.Length);
                host.ForeignBlockedSince = null;
                break;
            default:
                break;
        }
    }

    public void Dispose() => _isDisposed = true;
}
