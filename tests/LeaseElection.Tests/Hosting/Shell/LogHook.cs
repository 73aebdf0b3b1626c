using Microsoft.Extensions.Logging;

namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>A logging provider that keeps event ids, and does what a test wants at some of them: throws, blocks.</summary>
internal sealed class LogHook : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();
    private readonly List<int> _events = [];

    /// <summary>Gets or sets what happens at a line, given its event id.</summary>
    public Action<int>? On { get; set; }

    public int[] Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public ILogger CreateLogger(string categoryName) =>
        categoryName == "LeaseElection" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
            _events.Add(eventId.Id);
        On?.Invoke(eventId.Id);
    }

    public void Dispose()
    {
    }
}
