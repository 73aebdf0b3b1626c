namespace LeaseElection.Chaos.Plans;

/// <summary>How a schedule draws a whole number.</summary>
internal static class Draws
{
    /// <summary>
    /// 0 to <paramref name="below"/>, without it. By remainder for good: any other way would give every seed another schedule.
    /// </summary>
    public static int Below(this SplitMix64 random, int below) => (int)(random.Next() % (ulong)below);
}
