namespace LeaseElection.Connection.Http;

/// <summary>
/// When doubt may open another connection: the first at once, then ever later, so that a slow server is not stormed with TLS handshakes.
/// After a quiet time the next is the first again.
/// </summary>
internal sealed class ReconnectBackoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private TimeSpan _wait;
    private long _openedAt;

    /// <summary>Whether one may be opened now; asking takes the turn.</summary>
    public bool TryTake()
    {
        var since = time.GetElapsedTime(_openedAt);
        if (_wait > TimeSpan.Zero && since < _wait)
            return false;
        Take(since);
        return true;
    }

    /// <summary>One is opened whatever the wait is; it counts for the next.</summary>
    public void Take() => Take(time.GetElapsedTime(_openedAt));

    private void Take(TimeSpan since)
    {
        _wait = _wait == TimeSpan.Zero || since >= _wait + Longest ? First : Shorter(_wait * 2, Longest);
        _openedAt = time.GetTimestamp();
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
