using FailoverDemo.Story;
using Microsoft.Extensions.Logging;

namespace FailoverDemo.Replicas;

/// <summary>What a replica logs becomes part of the story, not lines across the live view. Of an exception: its message alone.</summary>
internal sealed class StoryLogger(string replica, Recorder recorder) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel < LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception) + (exception is null ? "" : $" ({exception.Message})");
        recorder.Tell(now => new Logged(now, replica, logLevel, text.ReplaceLineEndings(" ")));
    }

    public void Dispose()
    {
        // Nothing to dispose of: the story is the demo's.
    }
}
