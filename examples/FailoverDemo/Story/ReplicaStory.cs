namespace FailoverDemo.Story;

/// <summary>What one replica did in the last minutes.</summary>
internal sealed class ReplicaStory(string name)
{
    private readonly List<(TimeSpan At, ReplicaState State)> _states = [(TimeSpan.Zero, ReplicaState.Stopped)];
    private bool _runs;
    private bool _leads;
    private bool _isFrozen;

    public string Name { get; } = name;

    public bool Leads => _leads;

    public bool IsFrozen => _isFrozen;

    public ReplicaState State => _states[^1].State;

    public void Add(StoryEvent told)
    {
        switch (told)
        {
            case Started:
                _runs = true;
                break;
            case Stopped:
                _runs = _leads = false;
                break;
            case TermBegan:
                _leads = true;
                break;
            case TermEnded:
                _leads = false;
                break;
            case Frozen:
                _isFrozen = true;
                break;
            case Thawed:
                _isFrozen = false;
                break;
            default:
                return;
        }

        var state = (_runs, _leads, _isFrozen) switch
        {
            (false, _, _) => ReplicaState.Stopped,
            (_, true, true) => ReplicaState.LeadingFrozen,
            (_, true, false) => ReplicaState.Leading,
            (_, false, true) => ReplicaState.Frozen,
            _ => ReplicaState.Standby,
        };
        if (state != State)
            _states.Add((told.At, state));
    }

    /// <summary>The state at that moment.</summary>
    public ReplicaState At(TimeSpan moment) =>
        moment < TimeSpan.Zero ? ReplicaState.Unknown : _states[Math.Max(0, _states.FindLastIndex(s => s.At <= moment))].State;

    /// <summary>Forgets what was over before that moment.</summary>
    public void Forget(TimeSpan before)
    {
        var last = _states.FindLastIndex(s => s.At <= before);
        if (last > 0)
            _states.RemoveRange(0, last);
    }
}
