namespace FailoverDemo.Story;

/// <summary>The last minute of a replica in steps.</summary>
internal static class Timeline
{
    /// <summary>
    /// A step shows the state at its end, so that a hand-over within one never looks like two leaders at once. Steps begin at the same
    /// moments whenever they are asked for: the picture moves by whole steps and does not flicker.
    /// </summary>
    public static ReplicaState[] Of(ReplicaStory replica, TimeSpan now, int steps)
    {
        var step = ClusterStory.Window / steps;
        var current = (long)Math.Floor(now / step);
        return [.. Enumerable.Range(1 - steps, steps).Select(i => replica.At(EndOf(current + i)))];

        TimeSpan EndOf(long number)
        {
            var end = ((number + 1) * step) - TimeSpan.FromTicks(1); // What begins with the next step is the next one's.
            return end > now ? now : end;
        }
    }
}
