using LeaseElection;
using Microsoft.Extensions.Options;

namespace SingletonWorker;

/// <summary>The work that must not run twice. A new instance for every term, with the term injected.</summary>
internal sealed class Worker(
    LeadershipTerm term, ILeaderElection election, IReport report, IOptions<WorkerOptions> options, TimeProvider time)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        report.Say(ReportEvent.Leading, election.Identity, term.FencingToken, reason: null);
        try
        {
            // What the work writes to should get the fencing token with every write, and refuse one smaller than the largest it has seen.
            while (term.IsActive)
            {
                report.Say(ReportEvent.Working, election.Identity, term.FencingToken, reason: null);
                await Task.Delay(TimeSpan.FromMilliseconds(options.Value.Tick), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The term has ended.
        }
        finally
        {
            report.Say(ReportEvent.Ended, leader: null, term.FencingToken, term.EndReason);
        }
    }
}
