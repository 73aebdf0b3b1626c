using FailoverDemo.Story;

namespace LeaseElection.Testing.Tests.Example;

/// <summary>A story of three replicas, told by the second; timings of a lease of 5 s.</summary>
internal sealed class StoryScript
{
    public static readonly Timings Timings = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5) * 2 / 3, TimeSpan.FromSeconds(1));

    public ClusterStory Story { get; } = new(["replica-1", "replica-2", "replica-3"], Timings);

    /// <summary>All three run, and the first leads from 1.0 s on, with token 10.</summary>
    public static StoryScript Running()
    {
        var script = new StoryScript();
        foreach (var replica in Enumerable.Range(1, 3))
            script.Story.Add(new Started(At(0.5), Name(replica)));
        return script.Leads(1, 1.0, 10);
    }

    public static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    public static string Name(int replica) => $"replica-{replica}";

    public StoryScript Leads(int replica, double at, long token) => Add(new TermBegan(At(at), Name(replica), token));

    public StoryScript Ends(int replica, double at, long token, TermEndReason reason) =>
        Add(new TermEnded(At(at), Name(replica), token, reason));

    public StoryScript Renews(int replica, double at) => Add(new Renewed(At(at), Name(replica)));

    public StoryScript StopsGracefully(int replica, double at, long token) => Add(new StopAsked(At(at), Name(replica)))
        .Ends(replica, at + 0.01, token, TermEndReason.Stopped).Add(new Stopped(At(at + 0.02), Name(replica), At(3)));

    /// <summary>The last renewal at <paramref name="at"/>, frozen 0.2 s later, its term over at the deadline.</summary>
    public StoryScript Freezes(int replica, double at, long token) => Renews(replica, at).Add(new Frozen(At(at + 0.2), Name(replica)))
        .Ends(replica, at + 3.34, token, TermEndReason.DeadlinePassed);

    public StoryScript Add(StoryEvent told)
    {
        Story.Add(told);
        return this;
    }

    public Scene Scene(double at, int steps = 60) => Story.At(At(at), steps);
}
