namespace FailoverDemo.Story;

/// <summary>
/// What happened in the cluster, told event by event in the order of their arrival; and what is to be shown of it at any moment. It
/// has neither clock, thread nor screen. Not safe for several threads at once.
/// </summary>
internal sealed class ClusterStory(IEnumerable<string> replicas, Timings timings)
{
    /// <summary>How far back the timeline goes.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int Kept = 100;

    private readonly List<ReplicaStory> _replicas = [.. replicas.Select(name => new ReplicaStory(name))];
    private readonly Queue<Failover> _failovers = [];
    private readonly Queue<Happening> _happenings = [];
    private Term? _last;
    private Planned? _next;
    private int _overlaps;
    private int _lines;

    /// <summary>Gets the term that runs; null when nobody leads.</summary>
    public Term? Leader => _last is { Ended: null } ? _last : null;

    public void Add(StoryEvent told)
    {
        // The line first: it may tell what the event changes.
        if (told is not TermBegan)
            Say(told.At, Narrator.Line(told));
        _replicas.Find(r => r.Name == told.Replica)?.Add(told);

        switch (told)
        {
            case TermBegan began:
                Begin(began);
                break;
            case TermEnded ended when _last is { } term && (term.Replica, term.FencingToken) == (ended.Replica, ended.FencingToken):
                term.End(ended.At, ended.Reason);
                break;
            case Worked when Leader is { } leader && leader.Replica == told.Replica:
                leader.Worked++;
                break;
            case Renewed when Leader is { } leader && leader.Replica == told.Replica:
                leader.Renew(told.At);
                break;
            case StopAsked when Leader is { } leader && leader.Replica == told.Replica:
                leader.Disruption = Disruption.GracefulStop;
                _next = null;
                break;
            case Frozen when Leader is { } leader && leader.Replica == told.Replica:
                leader.Disruption = Disruption.Freeze;
                _next = null;
                break;
            case Planned planned:
                _next = planned;
                break;
        }
    }

    /// <summary>The scene at <paramref name="now"/>, with timelines of <paramref name="steps"/> steps.</summary>
    public Scene At(TimeSpan now, int steps)
    {
        _replicas.ForEach(r => r.Forget(now - (2 * Window)));
        return new()
        {
            Now = now,
            Timings = timings,
            Leader = Leader is { } leader ? Describe(leader, now) : null,
            LeaderlessSince = _last?.Ended ?? TimeSpan.Zero,
            LeaseExpires = _last is { Ended: not null, Disruption: Disruption.Freeze } ? _last.Renewed + timings.LeaseDuration : null,
            Terms = _last?.Number ?? 0,
            Overlaps = _overlaps,
            Next = _next,
            Replicas = [.. _replicas.Select(r => new ReplicaScene(r.Name, r.State, Timeline.Of(r, now, steps)))],
            Failovers = [.. _failovers],
            Happenings = [.. _happenings],
        };
    }

    private void Begin(TermBegan began)
    {
        var old = _last;
        _last = new((old?.Number ?? 0) + 1, began.Replica, began.FencingToken, began.At);
        Failover? failover = null;
        if (old is { Ended: null })
        {
            _overlaps++;
            Say(began.At, (Tone.Bad, $"TWO LEADERS AT ONCE: {began.Replica} began before {old.Replica} had ended"));
        }
        else if (old is not null)
        {
            failover = Failover.Between(old, _last);
            Keep(_failovers, failover);
        }

        Say(began.At, Narrator.Line(_last, failover));
    }

    private LeaderScene Describe(Term term, TimeSpan now) => new(
        term.Replica,
        term.Number,
        term.FencingToken,
        term.Began,
        term.Worked,
        term.Renewed + timings.RenewInterval - now,
        term.Renewed + timings.RenewDeadline - now,
        _replicas.Find(r => r.Name == term.Replica) is { IsFrozen: true });

    private void Say(TimeSpan at, (Tone Tone, string Text)? line)
    {
        if (line is { } said)
            Keep(_happenings, new(++_lines, at, said.Tone, said.Text));
    }

    private static void Keep<T>(Queue<T> queue, T item)
    {
        queue.Enqueue(item);
        if (queue.Count > Kept)
            queue.Dequeue();
    }
}
