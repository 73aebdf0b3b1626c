using System.Runtime.CompilerServices;
using LeaseElection.Leases.Kubernetes;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeaseElection.Pump;

/// <summary>
/// A whole election in memory, once in a process and in the background: a takeover, some work, a release. Nobody sees it; but the runtime has
/// compiled by then what the first real hand-over goes through, which otherwise costs more time than its requests.
/// </summary>
internal static class Rehearsal
{
    private const string Name = "rehearsal";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private static int _begun;

    /// <summary>Begins it, where none has been held and one would be of use. Returns at once.</summary>
    /// <param name="work">What surrounds the user's work in each term, without the user's work.</param>
    public static void Begin(Func<LeadershipTerm, CancellationToken, Task> work)
    {
        if (RuntimeFeature.IsDynamicCodeCompiled && Interlocked.Exchange(ref _begun, 1) == 0)
            _ = Task.Run(async () => await ((Task)RunAsync(work, CancellationToken.None)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));
    }

    /// <summary>Holds it.</summary>
    /// <returns>How many terms there were: one.</returns>
    public static async Task<int> RunAsync(Func<LeadershipTerm, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var context = LeaderElector.ContextFor(
            Name, Name, new() { LeaseName = Name }, TimeProvider.System, NullLoggerFactory.Instance, new(TimeProvider.System), static (lease, _) => new RehearsalStore(Name, lease));
        var elector = new LeaderElector(context, whenWorkCompletes: null);
        await using var closing = elector.ConfigureAwait(false);
        var terms = 0;
        await elector.RunAsync(
            async (term, ended) =>
            {
                terms++;
                // Asked to stop whatever becomes of the work: else work that fails would be tried again and again. A moment later, so that it has begun.
                var working = Task.Run(() => work(term, ended), CancellationToken.None);
                await working.WaitAsync(Moment, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await stop.CancelAsync().ConfigureAwait(false);
                await working.ConfigureAwait(false);
            },
            stop.Token).ConfigureAwait(false);
        return terms;
    }
}
