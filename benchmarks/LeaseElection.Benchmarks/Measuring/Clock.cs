namespace LeaseElection.Benchmarks.Measuring;

/// <summary>The machine's monotonic clock, which every process on it shares: the one of <see cref="WorkerProcess.NowNs"/>.</summary>
internal static class Clock
{
    public static long NowNs => WorkerProcess.NowNs;

    public static double Milliseconds(long fromNs, long toNs) => (toNs - fromNs) / 1e6;

    /// <summary>A moment of the machine's wall clock, by the monotonic one.</summary>
    public static long Monotonic(DateTimeOffset moment)
    {
        var (now, wall) = (NowNs, TimeProvider.System.GetUtcNow());
        return now - ((wall - moment).Ticks * 100);
    }

    /// <summary>Lets time pass where nothing can be waited for: a steady state, or a moment that is to be a random one.</summary>
    public static Task PassAsync(TimeSpan time, CancellationToken cancellationToken) =>
        Task.Delay(time, TimeProvider.System, cancellationToken);
}
