using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>What a replica logged.</summary>
public sealed class LogRecord : ILogger
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public IReadOnlyList<LogLine> Errors => [.. _lines.Where(line => line.Level >= LogLevel.Error)];

    /// <summary>The lines with this event id (see ElectionLog: ids are never reused).</summary>
    public IReadOnlyList<LogLine> With(int id) => [.. _lines.Where(line => line.Id == id)];

    public async Task<LogLine> UntilAsync(Func<LogLine, bool> condition)
    {
        while (true)
        {
            var news = Volatile.Read(ref _news);
            if (_lines.FirstOrDefault(condition) is { } line)
                return line;
            await news.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue(new(TimeProvider.System.GetUtcNow(), logLevel, eventId.Id, formatter(state, exception), exception));
        Interlocked.Exchange(ref _news, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}

/// <summary>One line of a log.</summary>
public sealed record LogLine(DateTimeOffset At, LogLevel Level, int Id, string Message, Exception? Error);
