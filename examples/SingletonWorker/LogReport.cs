using LeaseElection;
using Microsoft.Extensions.Logging;

namespace SingletonWorker;

/// <summary>For people. The library logs the election, so only the work is left to tell: it is counted, not listed.</summary>
internal sealed partial class LogReport(ILogger<Worker> logger) : IReport
{
    private long _worked;

    public void Say(ReportEvent what, string? leader, long? fencingToken, TermEndReason? reason)
    {
        if (what is ReportEvent.Working && Interlocked.Increment(ref _worked) == 1)
            LogWorking(fencingToken);
        else if (what is ReportEvent.Ended)
            LogStopped(Interlocked.Exchange(ref _worked, 0), fencingToken, reason);
    }

    [LoggerMessage(LogLevel.Information, "Working with fencing token {FencingToken}")]
    private partial void LogWorking(long? fencingToken);

    [LoggerMessage(LogLevel.Information, "The work has stopped after {Times} times with fencing token {FencingToken}: {Reason}")]
    private partial void LogStopped(long times, long? fencingToken, TermEndReason? reason);
}
