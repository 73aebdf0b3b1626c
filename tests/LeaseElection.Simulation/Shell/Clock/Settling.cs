using System.Collections.Immutable;

namespace LeaseElection.Simulation.Shell.Clock;

/// <summary>
/// Knows when nothing in this process can run on any more: the pool has no work and no thread that runs, apart from those that user code
/// holds.
/// Only then may the world's clock move.
/// </summary>
internal sealed class Settling(TimeSpan patience)
{
    // A process that gets little of a processor must not take its own pauses for another thread's: each of these turns was one for the
    // others too.
    private const int LeastTurns = 64;

    private static readonly int MostThreads = Most();

    // Threads that an earlier world of this process left behind for ever.
    private static int _leaked;

    private ImmutableArray<TokenWait> _waits = [];
    private int _blocked;
    private int _ownThreads;
    private int _stuck = _leaked;

    /// <summary>Gets how often threads that wait inside of the platform (a lock, a task) had to be waited for.</summary>
    public int Patiences { get; private set; }

    public void Blocked(int more) => Interlocked.Add(ref _blocked, more);

    /// <summary>A thread that is none of the pool's began, or ended.</summary>
    public void OwnThreads(int more) => Interlocked.Add(ref _ownThreads, more);

    public void Add(TokenWait wait) => ImmutableInterlocked.Update(ref _waits, static (waits, wait) => waits.Add(wait), wait);

    public void Remove(TokenWait wait) => ImmutableInterlocked.Update(ref _waits, static (waits, wait) => waits.Remove(wait), wait);

    /// <summary>The world is over: threads that are stuck now stay so.</summary>
    public void End() => _leaked = _stuck;

    /// <summary>Returns when all is quiet.</summary>
    public void Wait()
    {
        var spin = new SpinWait();
        var quiet = 0;
        var turns = 0;
        var since = TimeProvider.System.GetTimestamp();
        (long Done, int Busy) last = default;
        while (true)
        {
            var done = ThreadPool.CompletedWorkItemCount;
            var waits = _waits;
            var isIdle = ThreadPool.PendingWorkItemCount == 0;
            var busy = Busy();
            var held = Volatile.Read(ref _blocked) + waits.Length;
            if (isIdle && busy < held + _stuck)
                _stuck = Math.Max(0, busy - held);
            var nothingRuns = isIdle && busy == held + _stuck && !waits.Any(static w => w.Runs);
            if (nothingRuns && ThreadPool.PendingWorkItemCount == 0 && Busy() == busy && ThreadPool.CompletedWorkItemCount == done)
            {
                if (++quiet >= (_stuck > _leaked ? 20 : 2))
                    return;
            }
            else
            {
                quiet = 0;
                if (!isIdle || last != (done, busy))
                {
                    last = (done, busy);
                    since = TimeProvider.System.GetTimestamp();
                    turns = 0;
                }
                else if (++turns >= LeastTurns && TimeProvider.System.GetElapsedTime(since) > patience && busy > held)
                {
                    // They wait for something in the platform that user code holds up: the lock of StopApplication, a task.
                    _stuck = busy - held;
                    Patiences++;
                }
            }

            spin.SpinOnce(sleep1Threshold: 100);
        }
    }

    private static int Most()
    {
        ThreadPool.GetMaxThreads(out var workers, out _);
        return workers;
    }

    private int Busy()
    {
        ThreadPool.GetAvailableThreads(out var workers, out _);
        return MostThreads - workers + Volatile.Read(ref _ownThreads);
    }
}
