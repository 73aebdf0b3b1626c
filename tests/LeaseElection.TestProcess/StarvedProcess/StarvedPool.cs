namespace LeaseElection.TestProcess.StarvedProcess;

/// <summary>Blocks every thread that the pool has or may have.</summary>
internal sealed class StarvedPool
{
    private readonly TaskCompletionSource _end = new();

    /// <summary>Returns once nothing that is queued will run.</summary>
    public void Begin()
    {
        // As few threads as can be, and no new ones: a pool never has less than one for each core.
        ThreadPool.GetMinThreads(out _, out var ports);
        if (!ThreadPool.SetMinThreads(1, ports) || !ThreadPool.SetMaxThreads(
            Environment.ProcessorCount, Math.Max(ports, Environment.ProcessorCount)))
            throw new InvalidOperationException("The pool refuses to be small.");
        while (true)
        {
            var ran = new TaskCompletionSource();
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    ran.SetResult();
                    _end.Task.Wait();
                },
                null);
            // One that has no thread after half a second will have none: it stays in the queue until the end.
            if (!((IAsyncResult)ran.Task).AsyncWaitHandle.WaitOne(500))
                return;
        }
    }

    public void End()
    {
        _end.SetResult();
        ThreadPool.SetMaxThreads(100, 100);
    }
}
