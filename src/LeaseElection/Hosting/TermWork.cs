using Microsoft.Extensions.DependencyInjection;

namespace LeaseElection.Hosting;

/// <summary>All work of an election, for one term: started in order, told to stop all at once (S8).</summary>
internal sealed class TermWork(IServiceScopeFactory scopes, ElectionRegistration registration)
{
    /// <summary>Runs the work until it has ended by itself, or the term has; returns when nothing of it runs any more (S6).</summary>
    /// <param name="term">The term.</param>
    /// <param name="failed">Gets what a part throws, at once: it ends the term.</param>
    public async Task RunAsync(LeadershipTerm term, Action<Exception> failed)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TermAccessor>().Term = term;
        var told = Told(term.CreateStopToken());

        var parts = new List<RunningPart>();
        foreach (var work in registration.Works)
        {
            if (told.IsCompleted || term.EndReason is not null)
                break;
            var part = work.Begin(scope.ServiceProvider, term, failed);
            parts.Add(part);
            await Task.WhenAny(part.Started, told).ConfigureAwait(false);
        }

        // Without any work we lead all the same: whoever asks ILeaderElection works elsewhere.
        await (parts.Count > 0 ? Task.WhenAny(told, Task.WhenAll(parts.Select(p => p.Completion))) : told).ConfigureAwait(false);
        await Task.WhenAll(parts.Select(p => p.StopAsync())).ConfigureAwait(false);
        // After all parts: they may still have used its services.
        await UserCode.RunAsync(() => scope.DisposeAsync().AsTask(), failed, CancellationToken.None).ConfigureAwait(false);
    }

    private static Task Told(CancellationToken stop)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), told);
        return told.Task;
    }
}
