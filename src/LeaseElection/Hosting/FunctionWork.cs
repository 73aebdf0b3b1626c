namespace LeaseElection.Hosting;

/// <summary>Work that is a function.</summary>
internal sealed class FunctionWork(Func<IServiceProvider, LeadershipTerm, CancellationToken, Task> work) : LeaderWork
{
    public override Task<RunningWork> StartAsync(IServiceProvider services, LeadershipTerm term, CancellationToken stop)
    {
        // On a thread of its own, so that one part that blocks before its first await does not keep the others from starting.
        var running = Task.Run(() => work(services, term, stop), CancellationToken.None);
        return Task.FromResult(new RunningWork(running, () => running));
    }
}
