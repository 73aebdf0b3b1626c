using LeaseElection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Quickstart;

/// <summary>The work: it begins when this process leads, and its token is cancelled when it does not any more.</summary>
internal sealed partial class ReportWorker(LeadershipTerm term, ILogger<ReportWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            LogWork(term.FencingToken);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Working with fencing token {FencingToken}")]
    private partial void LogWork(long fencingToken);
}
