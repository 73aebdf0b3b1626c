namespace LeaseElection.Election.Time;

/// <summary>
/// S7, the whole rule: from one tick to the next the holder's clock advances by the larger of the monotonic and the wall
/// clock's progress. A suspended VM (monotonic stands still, wall jumps) then ends a term early instead of stretching it, and a
/// backward step of the wall clock hides at most what happened between two ticks.
/// </summary>
/// <param name="Monotonic">The monotonic clock at the tick.</param>
/// <param name="Wall">The wall clock at the tick.</param>
/// <param name="Holder">The holder's clock at the tick.</param>
internal readonly record struct HolderTick(MonotonicInstant Monotonic, DateTimeOffset Wall, HolderInstant Holder)
{
    /// <summary>Gets how far apart ticks are at most while a Lease is held.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(250);

    public HolderTick Advance(MonotonicInstant monotonic, DateTimeOffset wall)
    {
        var monotonicProgress = (monotonic - Monotonic).Ticks;
        var wallProgress = (wall - Wall).Ticks;
        var progress = Math.Max(0, Math.Max(monotonicProgress, wallProgress));
        return new(monotonic, wall, Holder + TimeSpan.FromTicks(progress));
    }
}
