using System.Diagnostics.CodeAnalysis;
using LeaseElection.Runtime.Clock;

namespace LeaseElection.Simulation.Shell.Clock;

/// <summary>A timer of <see cref="WorldTime"/>. Like a system timer, it carries the execution context of its creator.</summary>
internal sealed class WorldTimer(WorldTime time, TimerCallback callback, object? state) : ITimer
{
    [SuppressMessage("Usage", "CA2213", Justification = "Not its own.")]
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly bool _isTick = state is TimerTicker;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private volatile bool _isDisposed;

    /// <summary>Gets the number of the latest arming; earlier ones no longer count.</summary>
    public long Generation { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
            return false;
        time.Arm(this, dueTime, period);
        return true;
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        time.Arm(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _isDisposed = true;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Set_NeedsLock(TimeSpan period)
    {
        Generation++;
        _period = period;
    }

    /// <summary>The time until it fires again; null when it fires once.</summary>
    public long? NextAfterFiring_NeedsLock() => _period > TimeSpan.Zero ? _period.Ticks : null;

    public void Fire()
    {
        // Ticks are many, and end in user code never: on the world's own thread, which notices if they do.
        if (_isTick)
            Call();
        else
            Queue();
    }

    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Call(), this, preferLocal: false);

    private void Call()
    {
        if (_isDisposed)
            return;
        if (_context is null)
            callback(state);
        else
            ExecutionContext.Run(_context, static timer => ((WorldTimer)timer!).Invoke(), this);
    }

    private void Invoke() => callback(state);
}
