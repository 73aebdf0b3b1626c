namespace TestingYourWorker.App;

/// <summary>Books what is due, one invoice after the other. Runs only while this replica leads, as a new instance for every term.</summary>
internal sealed class InvoiceWorker(LeadershipTerm term, ILedger ledger, TimeProvider time) : BackgroundService
{
    private static TimeSpan Pace { get; } = TimeSpan.FromMilliseconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var number = 1; !stoppingToken.IsCancellationRequested; number++)
        {
            // With the token: this process may be paused right here, and another one lead when it goes on.
            await ledger.BookAsync($"due-{number}", term.FencingToken, stoppingToken);
            await Task.Delay(Pace, time, stoppingToken);
        }
    }
}
