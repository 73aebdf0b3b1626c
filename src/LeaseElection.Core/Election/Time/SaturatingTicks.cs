namespace LeaseElection.Election.Time;

internal static class SaturatingTicks
{
    public static long Add(long ticks, long span) =>
        span > 0 && ticks > long.MaxValue - span ? long.MaxValue : ticks + span;
}
