using LeaseElection.Runtime.Terms;
using Microsoft.Extensions.DependencyInjection;

namespace LeaseElection.Hosting.Work;

/// <summary>All work of an election, for one term: started in order, told to stop all at once (S8).</summary>
internal sealed class TermWork(IServiceScopeFactory scopes, IReadOnlyList<LeaderWork> works)
{
    /// <summary>Runs the work until the term ends; returns when nothing of it runs any more (S6).</summary>
    /// <param name="term">The term.</param>
    /// <param name="report">
    /// Learns at once what a part throws, and when all parts have ended by themselves: either may end the term.
    /// </param>
    public async Task RunAsync(LeadershipTerm term, IWorkReport report)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TermAccessor>().Term = term;
        var told = Told(term.CreateStopToken());

        var parts = new List<RunningPart>();
        foreach (var work in works)
        {
            if (told.IsCompleted || term.EndReason is not null)
                break;
            var part = work.Begin(scope.ServiceProvider, term, report.Failed);
            parts.Add(part);
            await Task.WhenAny(part.Started, told).ConfigureAwait(false);
        }

        // We lead even without any work: other code may ask ILeaderElection.
        if (parts.Count > 0)
        {
            await Task.WhenAny(told, Task.WhenAll(parts.Select(p => p.Completion))).ConfigureAwait(false);
            if (!told.IsCompleted)
                report.Completed();
        }

        // No part is stopped while the term goes on: a slow stop belongs to the drain and its policies.
        await told.ConfigureAwait(false);
        await Task.WhenAll(parts.Select(p => p.StopAsync())).ConfigureAwait(false);
        // After all parts: until then they may use its services.
        await UserCode.RunAsync(() => scope.DisposeAsync().AsTask(), report.Failed, CancellationToken.None).ConfigureAwait(false);
    }

    private static Task Told(CancellationToken stop)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), told);
        return told.Task;
    }
}
