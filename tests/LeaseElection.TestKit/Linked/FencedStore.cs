namespace LeaseElection.TestKit;

/// <summary>
/// What the work writes to, as it should be: it keeps the largest fencing token it has seen and refuses a smaller one. Takes writes in the
/// order in which they arrive. Where an elector gives no token there is nothing to refuse by.
/// </summary>
/// <typeparam name="TWrite">What is kept of a write that was refused.</typeparam>
public sealed class FencedStore<TWrite>
{
    private readonly Lock _lock = new();
    private readonly List<TWrite> _refused = [];

    /// <summary>Gets the largest token so far.</summary>
    public long Largest { get; private set; } = long.MinValue;

    public long Accepted { get; private set; }

    /// <summary>Gets the writes that were refused, in their order.</summary>
    public IReadOnlyList<TWrite> Refused
    {
        get
        {
            lock (_lock)
                return [.. _refused];
        }
    }

    /// <returns>Whether it was taken.</returns>
    public bool Write(TWrite write, long? token)
    {
        lock (_lock)
        {
            if (token < Largest)
            {
                _refused.Add(write);
                return false;
            }

            Largest = token ?? Largest;
            Accepted++;
            return true;
        }
    }
}
