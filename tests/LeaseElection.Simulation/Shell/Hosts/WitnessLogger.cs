using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Records;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Simulation.Shell.Hosts;

/// <summary>A logging provider that works: it is called before those that do not.</summary>
internal sealed class WitnessLogger(HostRecord host, WorldTime time, Chronicle chronicle) : ILoggerProvider, ILogger
{
    private const int Overrun = 16;

    public ILogger CreateLogger(string categoryName) =>
        categoryName == "LeaseElection" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (host.Logged)
            host.Logged[eventId.Id] = time.Now;
        if (logLevel >= LogLevel.Warning)
            host.LastWarning = time.Now;
        chronicle.Note(
            $"{host.Name} log {eventId.Id}: {formatter(state, exception)}{(exception is null ? "" : " | " + exception.Message)}");
        if (eventId.Id == Overrun && TermOf(state) is { } term)
            term.OverrunToldAt ??= time.Now;
    }

    // By the token that the line names: where a logger blocks, the line may come when another term goes on.
    private TermRecord? TermOf<TState>(TState state)
    {
        var token = (state as IEnumerable<KeyValuePair<string, object?>>)?.FirstOrDefault(static v => v.Key == "FencingToken").Value;
        return host.Terms.FirstOrDefault(t => token is long number && t.FencingToken == number);
    }

    public void Dispose()
    {
    }
}
