namespace LeaseElection.Hosting.Work;

/// <summary>Work that is a function.</summary>
internal sealed class FunctionWork(Func<IServiceProvider, LeadershipTerm, CancellationToken, Task> work) : LeaderWork
{
    public override RunningPart Begin(IServiceProvider services, LeadershipTerm term, Action<Exception> failed)
    {
        var stop = term.CreateStopToken();
        // On a thread of its own, so that one part that blocks before its first await does not keep the others from starting.
        var running = UserCode.RunAsync(() => work(services, term, stop), failed, stop);
        return new(Task.CompletedTask, running, () => running);
    }
}
