using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;

namespace LeaseElection.Hosting;

/// <summary>All work of an election, for one term: started in order, stopped in reverse, as one.</summary>
internal sealed class TermWork(IServiceScopeFactory scopes, ElectionRegistration registration)
{
    /// <summary>Runs the work until it has ended by itself, or the term has; returns when nothing of it runs any more (S6).</summary>
    public async Task RunAsync(LeadershipTerm term, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using var closing = scope.ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        scope.ServiceProvider.GetRequiredService<TermAccessor>().Term = term;

        var running = new List<RunningWork>();
        var errors = new List<Exception>();
        try
        {
            foreach (var work in registration.Works)
            {
                stop.Token.ThrowIfCancellationRequested();
                running.Add(await work.StartAsync(scope.ServiceProvider, term, stop.Token).ConfigureAwait(false));
            }

            await FirstFailureOrAllAsync(running, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The term has ended.
        }
        catch (Exception error) // The user's, of whatever kind; the other parts have to stop now.
        {
            errors.Add(error);
            await stop.CancelAsync().ConfigureAwait(false);
        }

        await StopAsync(running, errors, stop.Token).ConfigureAwait(false);
        if (errors.Count > 0)
            ExceptionDispatchInfo.Throw(errors.Count == 1 ? errors[0] : new AggregateException(errors));
    }

    private static async Task FirstFailureOrAllAsync(List<RunningWork> running, CancellationToken stop)
    {
        // Without any work we lead all the same: whoever asks ILeaderElection works elsewhere.
        var ended = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        var parts = running.Count > 0 ? running.Select(r => r.Completion).ToList() : [ended];
        while (parts.Count > 0)
        {
            var first = await Task.WhenAny([ended, .. parts]).ConfigureAwait(false);
            parts.Remove(first);
            await first.ConfigureAwait(false);
        }
    }

    private static async Task StopAsync(List<RunningWork> running, List<Exception> errors, CancellationToken stop)
    {
        foreach (var part in Enumerable.Reverse(running))
        {
            try
            {
                await part.StopAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Stopped because it was told to.
            }
            catch (Exception error) // All parts are stopped, whatever one of them throws.
            {
                // A part that failed by itself throws the same once more.
                if (!errors.Contains(error))
                    errors.Add(error);
            }
        }
    }
}
