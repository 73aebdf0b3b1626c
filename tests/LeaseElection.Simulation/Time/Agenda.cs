namespace LeaseElection.Simulation.Time;

/// <summary>True time, and what happens when. Everything in a world happens here, one act after the other.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, Due> _acts = new(256);
    private long _sequence;

    /// <summary>Gets the true time since the world began.</summary>
    public TimeSpan Now { get; private set; }

    public long Acts { get; private set; }

    /// <summary>Gets or sets a value indicating whether nothing more is to happen.</summary>
    public bool Ended { get; set; }

    public void At(TimeSpan when, Action act) => _acts.Enqueue(act, new(when > Now ? when : Now, _sequence++));

    public void After(TimeSpan span, Action act) => At(Now + span, act);

    public void RunUntil(TimeSpan end)
    {
        while (!Ended && _acts.TryPeek(out _, out var due) && due.At <= end)
        {
            Now = due.At;
            Acts++;
            _acts.Dequeue()();
        }

        if (!Ended)
            Now = end;
    }

    private readonly record struct Due(TimeSpan At, long Sequence) : IComparable<Due>
    {
        public int CompareTo(Due other) => At == other.At ? Sequence.CompareTo(other.Sequence) : At.CompareTo(other.At);
    }
}
