using System.Diagnostics.CodeAnalysis;

namespace LeaseElection.Simulation.Shell.Clock;

/// <summary>What user code waits at until the world lets it go, on a thread or without one.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "A thread may wait there for as long as it likes; the finalizer frees the event's handle.")]
internal sealed class Gate(Settling settling)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _open = new();
    private readonly Lock _lock = new();
    private int _waiters;

    public Task Opened => _opened.Task;

    public WaitHandle Handle => _open.WaitHandle;

    public bool IsOpen => _open.IsSet;

    /// <summary>Holds the thread until the gate is open.</summary>
    public void Block()
    {
        lock (_lock)
        {
            if (_open.IsSet)
                return;
            _waiters++;
            settling.Blocked(1);
        }

        _open.Wait();
    }

    public void Open()
    {
        lock (_lock)
        {
            if (_open.IsSet)
                return;
            // Counted here and not by those who wake: from now on they run, whenever they get a processor.
            settling.Blocked(-_waiters);
            _waiters = 0;
            _open.Set();
        }

        _opened.TrySetResult();
    }
}
