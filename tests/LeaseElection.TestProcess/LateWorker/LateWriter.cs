using System.Globalization;
using Microsoft.Extensions.Hosting;
using SingletonWorker;

namespace LeaseElection.TestProcess.LateWorker;

/// <summary>
/// Asks whether it leads, and writes two seconds later without asking again: what a garbage collection, a slow disk or a request that takes
/// its time do to any worker now and then, so that a test need not wait for chance.
/// </summary>
internal sealed class LateWriter(LeadershipTerm term, ILeaderElection election, IReport report) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability", "CA2016:Forward the CancellationToken", Justification = "it is past its check")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        report.Say(ReportEvent.Leading, election.Identity, term.FencingToken, reason: null);
        for (var i = 1; term.IsActive; i++)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"checked {i}"));
            await Task.Delay(Between, TimeProvider.System, CancellationToken.None);
            report.Say(ReportEvent.Working, election.Identity, term.FencingToken, reason: null);
        }

        report.Say(ReportEvent.Ended, leader: null, term.FencingToken, term.EndReason);
    }
}
