using LeaseElection;

namespace FailoverDemo.Story;

/// <summary>One leadership, as the story saw it.</summary>
internal sealed class Term(int number, string replica, long fencingToken, TimeSpan began)
{
    // The same renewal is told many times, each time with the error of reading two clocks one after the other.
    private static readonly TimeSpan SameRenewal = TimeSpan.FromMilliseconds(50);

    private TimeSpan? _renewed;

    public int Number { get; } = number;

    public string Replica { get; } = replica;

    public long FencingToken { get; } = fencingToken;

    /// <summary>Gets when its work began.</summary>
    public TimeSpan Began { get; } = began;

    /// <summary>Gets when its last successful write was sent.</summary>
    public TimeSpan Renewed => _renewed ?? Began;

    public long Worked { get; set; }

    /// <summary>Gets or sets what was done to the leader.</summary>
    public Disruption Disruption { get; set; }

    /// <summary>Gets when its work had stopped; null while it goes on.</summary>
    public TimeSpan? Ended { get; private set; }

    public TermEndReason? Reason { get; private set; }

    public void Renew(TimeSpan sent)
    {
        if (_renewed is not { } last || sent > last + SameRenewal)
            _renewed = sent;
    }

    public void End(TimeSpan at, TermEndReason? reason) => (Ended, Reason) = (at, reason);
}
