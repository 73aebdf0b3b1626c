using LeaseElection;

namespace ObservedWorker;

/// <summary>Stands for the work that only the leader does.</summary>
internal sealed partial class Worker(LeadershipTerm term, ILogger<Worker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Working(term.FencingToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(1, LogLevel.Information, "Working with fencing token {FencingToken}")]
    private partial void Working(long fencingToken);
}
