namespace LeaseElection.Tests.Runtime;

/// <summary>
/// Waits until nothing in this process can run on: the thread pool has no work, and no thread at work but the caller's and those that a
/// test holds. A manual
/// clock that moves before that gives the election less time than the test says. For tests that run alone (<see
/// cref="Hosting.Shell.BlocksThreads"/>).
/// </summary>
internal sealed class QuietPool
{
    // A thread that works for so long while nothing else happens is one that a test holds.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private static readonly int MostThreads = Most();

    private int _held;

    /// <summary>Returns when all is quiet.</summary>
    public async Task WaitAsync()
    {
        // Twice: what the pool did may be news to a task of the test's own, and the other way round.
        for (var i = 0; i < 2; i++)
        {
            await Task.Yield();
            Wait();
        }
    }

    // On this thread: a turn given back to the pool would be work of the pool.
    private void Wait()
    {
        var spin = new SpinWait();
        var since = TimeProvider.System.GetTimestamp();
        var last = -1;
        for (var quiet = 0; quiet < 2; spin.SpinOnce(sleep1Threshold: 100))
        {
            var busy = Busy();
            var isIdle = ThreadPool.PendingWorkItemCount == 0;
            _held = Math.Min(_held, busy);
            if (isIdle && busy == _held)
            {
                quiet++;
                continue;
            }

            quiet = 0;
            if (!isIdle || last != busy)
            {
                (last, since) = (busy, TimeProvider.System.GetTimestamp());
            }
            else if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                _held = busy;
                return;
            }
        }
    }

    private static int Most()
    {
        ThreadPool.GetMaxThreads(out var workers, out _);
        return workers;
    }

    private static int Busy()
    {
        ThreadPool.GetAvailableThreads(out var workers, out _);
        return MostThreads - workers - (Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
    }
}
