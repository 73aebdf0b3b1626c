using LeaseElection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FencedWriter;

/// <summary>The work that must not be done by two. A new instance for every term, with the term injected.</summary>
internal sealed class Writer(
    LeadershipTerm term, ILeaderElection election, Journal journal, IOptions<WriterOptions> options, TimeProvider time, ILogger<Writer> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var number = 1; term.IsActive; number++)
            {
                // It leads, says the line above. Whether it still does when the next one reaches the database, nobody on this side can
                // say: the process may be paused right here for longer than its lease. So the write carries the token of its term, and
                // the database looks at it.
                var id = await journal.WriteAsync(term.FencingToken, election.Identity, $"entry {number} of this term", stoppingToken);
                log.LogInformation("Wrote entry {Id} with fencing token {FencingToken}", id, term.FencingToken);
                await Task.Delay(TimeSpan.FromMilliseconds(options.Value.Every), time, stoppingToken);
            }
        }
        catch (StaleTokenException stale)
        {
            log.LogError(
                "Refused by the database: {Message}. Nothing was written: a newer leader writes, and this replica leads no more",
                stale.Message);
            // Our term has ended, then; we only learn of it late. Should it go on, the tokens went backwards (etcd was restored, see
            // README.md): then this is a failure of the work, for which the replica steps down and backs off.
            if (term.IsActive)
                throw;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The term has ended. A write that was under way may have been done: its row has our token, and came before any larger one.
        }
    }
}
