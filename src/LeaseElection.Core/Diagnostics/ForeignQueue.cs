using System.Globalization;

namespace LeaseElection.Diagnostics;

/// <summary>
/// Runs code that is not ours (loggers, meter listeners, the host's callbacks) away from the election's loop (S9): on the thread pool, one
/// call at a time, in order. A call may throw, block for ever, or use a disposed object; the election does not notice. A full queue drops
/// the newest calls and counts them.
/// </summary>
/// <param name="time">The clock that says for how long a call has been running.</param>
/// <param name="what">Whose code it runs, for the health check.</param>
/// <param name="most">How many calls may wait.</param>
internal sealed class ForeignQueue(TimeProvider time, string what, int most = ForeignQueue.MostWaiting)
{
    private const int MostWaiting = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = new();
    private TaskCompletionSource? _idle;
    private bool _runs;
    private long _dropped;
    private long? _began;
    private (string What, long At)? _thrown;

    /// <summary>Gets how long the current call has been running; zero when none runs.</summary>
    public TimeSpan Busy
    {
        get
        {
            lock (_gate)
                return _began is { } began ? time.GetElapsedTime(began) : TimeSpan.Zero;
        }
    }

    /// <summary>Gets how many calls were dropped while the queue catches up; zero once it has.</summary>
    public long Dropped
    {
        get
        {
            lock (_gate)
                return _runs ? Interlocked.Read(ref _dropped) : 0;
        }
    }

    /// <summary>Says what is wrong with the code that these queues run; empty when nothing is.</summary>
    /// <param name="longest">How long one call may take; an exception is reported for twice that time.</param>
    /// <param name="queues">The queues; nulls are left out.</param>
    public static IEnumerable<string> Troubles(TimeSpan longest, params IEnumerable<ForeignQueue?> queues) =>
        queues.OfType<ForeignQueue>().Select(q => q.Trouble(longest)).OfType<string>();

    /// <summary>Queues a call, from any thread. Never waits and never throws.</summary>
    public void Post(Action call)
    {
        lock (_gate)
        {
            if (_waiting.Count == most)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            _waiting.Enqueue(call);
            if (_runs)
                return;
            _runs = true;
        }

        // Without the caller's execution context: foreign calls must not join the trace in which the host was started.
        ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Run(), this, preferLocal: false);
    }

    /// <summary>Returns the count of dropped calls, and resets it.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>Waits until all calls have run, so that a process does not end before its last log line; but no longer than this.</summary>
    public async Task FlushAsync(TimeSpan longest)
    {
        Task idle;
        lock (_gate)
        {
            if (!_runs)
                return;
            _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _idle.Task;
        }

        await idle.WaitAsync(longest, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private string? Trouble(TimeSpan longest)
    {
        var busy = Busy;
        if (busy > longest)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{what} has been busy with one call for {busy.TotalSeconds:0.0} s; "
                + $"the election does not wait for it, and left out {Dropped} more");
        (string What, long At)? thrown;
        lock (_gate)
            thrown = _thrown;
        return thrown is { } latest && time.GetElapsedTime(latest.At) <= longest * 2
            ? $"{what} throws {latest.What}; the election goes on without it"
            : Dropped is > 0 and var dropped ? $"{what} does not keep up: {dropped} calls were left out"
            : null;
    }

    private void Run()
    {
        while (Next() is { } call)
        {
            try
            {
                call();
            }
            catch (Exception error) // Foreign code may throw anything. The health check reports it; the election goes on.
            {
                // Reported for a while even when the next calls return: one instrument, or one log level, may fail alone.
                lock (_gate)
                    _thrown = (ForeignExceptions.NameOf(error), time.GetTimestamp());
            }
        }
    }

    private Action? Next()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var call))
            {
                _began = time.GetTimestamp();
                return call;
            }

            _began = null;
            _runs = false;
            _idle?.TrySetResult();
            _idle = null;
            return null;
        }
    }
}
