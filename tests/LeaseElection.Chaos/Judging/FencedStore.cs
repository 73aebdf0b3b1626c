namespace LeaseElection.Chaos.Judging;

/// <summary>
/// What the work writes to, as it should be: it keeps the largest fencing token it has seen and refuses a smaller one. Takes writes in the
/// order in which they arrive. Where an elector gives no token there is nothing to refuse by.
/// </summary>
internal sealed class FencedStore
{
    private readonly Lock _lock = new();
    private readonly HashSet<WorkerLine> _refused = [];
    private long _largest = long.MinValue;

    public long Accepted { get; private set; }

    /// <summary>Gets the writes that were refused.</summary>
    public IReadOnlySet<WorkerLine> Refused
    {
        get
        {
            lock (_lock)
                return _refused.ToHashSet();
        }
    }

    /// <returns>Whether it was taken.</returns>
    public bool Write(WorkerLine work)
    {
        lock (_lock)
        {
            if (work.FencingToken is { } token)
            {
                if (token < _largest)
                {
                    _refused.Add(work);
                    return false;
                }

                _largest = token;
            }

            Accepted++;
            return true;
        }
    }
}
