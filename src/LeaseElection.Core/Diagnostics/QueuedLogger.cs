using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeaseElection.Diagnostics;

/// <summary>
/// A logger whose providers run on a queue (S9), so that they never delay the election. Lines arrive a moment later, in order. When a
/// provider does not keep up, the newest lines are dropped, and one line says how many.
/// </summary>
internal sealed class QueuedLogger : ILogger
{
    private readonly ILogger _inner;
    private readonly ForeignQueue _queue;

    private QueuedLogger(ILogger inner, ForeignQueue queue)
    {
        _inner = inner;
        _queue = queue;
    }

    /// <summary>Creates a queued logger; a logger that writes nowhere needs no queue.</summary>
    public static ILogger Over(ILogger inner, ForeignQueue queue) => inner is NullLogger ? inner : new QueuedLogger(inner, queue);

    /// <summary>Null: the library opens no scopes.</summary>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    // Providers are asked on the queue: their filters are foreign code too.
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _queue.Post(() =>
        {
            if (_queue.TakeDropped() is > 0 and var dropped)
                ElectionLog.LinesDropped(_inner, dropped);
            if (_inner.IsEnabled(logLevel))
                _inner.Log(logLevel, eventId, state, exception, formatter);
        });
}
