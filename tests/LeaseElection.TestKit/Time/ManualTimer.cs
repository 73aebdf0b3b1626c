namespace LeaseElection.TestKit;

/// <summary>A timer of <see cref="ManualTimeProvider"/>, which guards its fields by its own lock.</summary>
internal sealed class ManualTimer(ManualTimeProvider time, long number, TimerCallback callback, object? state) : ITimer
{
#pragma warning disable CA2213 // A captured context is shared, not ours to dispose.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
#pragma warning restore CA2213
    private readonly long _number = number;

    public static IComparer<ManualTimer> InFiringOrder { get; } = Comparer<ManualTimer>.Create(
        (a, b) => (a.Due, a._number).CompareTo((b.Due, b._number)));

    public long Due { get; set; }

    public long Period { get; set; }

    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfOutOfRange(dueTime, nameof(dueTime));
        ThrowIfOutOfRange(period, nameof(period));
        return time.Arm(this, dueTime, period);
    }

    public void Fire()
    {
        if (_context is null)
            callback(state);
        else
            ExecutionContext.Run(_context, callback.Invoke, state);
    }

    public void Dispose() => time.Disarm(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void ThrowIfOutOfRange(TimeSpan value, string name)
    {
        // As a system timer: nothing below zero but "never", and at most 49 days.
        if ((value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan) || value.TotalMilliseconds > uint.MaxValue - 1)
            throw new ArgumentOutOfRangeException(
                name, value, "a timer's time is zero or more and at most 49 days, or Timeout.InfiniteTimeSpan");
    }
}
