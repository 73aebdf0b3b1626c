namespace LeaseElection.Connection.Http;

/// <summary>
/// Notices that requests wait while nothing at all is heard. The requests know nothing of it: RequestTimeout is when their connection is
/// doubted, not when they end.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="patience">RequestTimeout.</param>
/// <param name="heard">The timestamp of the last byte.</param>
/// <param name="pingDue">Until when a silent connection must have answered a PING; null where there are none.</param>
/// <param name="doubt">Called with the timestamp since which it is silent, without a lock.</param>
internal sealed class SilenceTimer(
    TimeProvider time, TimeSpan patience, Func<long> heard, Func<TimeSpan?> pingDue, Action<long> doubt) : IDisposable
{
    // A timer may fire a little early by the clock that is compared with it.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = new();
    private ITimer? _timer;
    private bool _armed;
    private bool _disposed;

    /// <summary>Gets when the request was sent that has waited longest; null when none waits.</summary>
    public long? Oldest
    {
        get
        {
            lock (_gate)
                return _waiting.FirstOrDefault(static waiting => !waiting.Streams)?.SentAt;
        }
    }

    /// <summary>A request is sent.</summary>
    /// <param name="streams">
    /// Whether a stream's headers are waited for: a proxy may hold them back, so only PINGs without an answer count then.
    /// </param>
    public LinkedListNode<Waiting> Begin(bool streams)
    {
        lock (_gate)
        {
            var node = _waiting.AddLast(new Waiting(time.GetTimestamp(), streams));
            if (!_armed)
                Arm(patience);
            return node;
        }
    }

    public void End(LinkedListNode<Waiting> request)
    {
        lock (_gate)
        {
            if (request.List is null)
                return;
            _waiting.Remove(request);
            if (_waiting.Count == 0)
                Disarm();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Check()
    {
        long? silentSince = null;
        lock (_gate)
        {
            _armed = false;
            if (_disposed || _waiting.Count == 0)
                return;
            if (Due() is not ({ } since, var due))
                return;
            var left = due - time.GetElapsedTime(since);
            if (left > Tolerance)
                Arm(left);
            else
                silentSince = since;
        }

        if (silentSince is { } silent)
            doubt(silent);
    }

    // Since when it is silent, and how long that may last.
    private (long? Since, TimeSpan Due) Due()
    {
        var last = heard();
        if (_waiting.FirstOrDefault(waiting => !waiting.Streams && waiting.SentAt >= last) is { } unanswered)
            return (unanswered.SentAt, patience);
        return pingDue() is { } ping ? (Math.Max(last, _waiting.First!.Value.SentAt), ping + patience) : (null, default);
    }

    private void Arm(TimeSpan due)
    {
        if (_disposed)
            return;
        _armed = true;
        _timer ??= time.CreateTimer(
            static timer => ((SilenceTimer)timer!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Disarm()
    {
        _armed = false;
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A request without an answer.</summary>
    internal sealed record Waiting(long SentAt, bool Streams);
}
