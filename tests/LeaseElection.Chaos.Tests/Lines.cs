namespace LeaseElection.Chaos.Tests;

/// <summary>What workers might have said; times in milliseconds.</summary>
internal static class Lines
{
    public static WorkerLine Leading(long at, long? token) => Line(at, WorkerEvent.Leading, token);

    public static WorkerLine Working(long at, long? token) => Line(at, WorkerEvent.Working, token);

    public static WorkerLine Ended(long at, long? token) => Line(at, WorkerEvent.Ended, token);

    /// <summary>A term that works every 50 ms.</summary>
    public static IEnumerable<WorkerLine> Term(long from, long to, long? token)
    {
        yield return Leading(from, token);
        for (var at = from; at <= to; at += 50)
            yield return Working(at, token);
        yield return Ended(to, token);
    }

    public static Freeze Frozen(long from, long to) => new(from * 1_000_000, to * 1_000_000);

    private static WorkerLine Line(long at, WorkerEvent what, long? token) =>
        new(DateTimeOffset.UnixEpoch.AddMilliseconds(at), at * 1_000_000, "x", what, Leader: null, token, Reason: null);
}
