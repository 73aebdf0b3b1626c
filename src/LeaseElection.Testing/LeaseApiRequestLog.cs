namespace LeaseElection.Testing;

/// <summary>What a <see cref="LeaseApiServer"/> was asked, in the order of arrival: for assertions.</summary>
/// <remarks>
/// All members may be used from any thread. Older requests than the newest <see cref="LeaseApiServerOptions.RequestLogLength"/> are
/// forgotten.
/// </remarks>
public sealed class LeaseApiRequestLog
{
    private readonly Lock _gate = new();
    private readonly Queue<LeaseApiRequest> _requests = new();
    private readonly int _length;
    private long _last;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal LeaseApiRequestLog(int length) => _length = length;

    /// <summary>Gets the requests as of now: a copy.</summary>
    public IReadOnlyList<LeaseApiRequest> All
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Counts requests.</summary>
    /// <param name="match">Which; null: all.</param>
    /// <returns>How many there are in the log.</returns>
    public int Count(Func<LeaseApiRequest, bool>? match = null)
    {
        var all = All;
        return match is null ? all.Count : all.Count(match);
    }

    /// <summary>Waits until the log has so many requests.</summary>
    /// <param name="match">Which. Asked anew at every change: whether a request was answered may be part of it.</param>
    /// <param name="count">How many, from 1 on.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when there are.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task UntilAsync(Func<LeaseApiRequest, bool> match, int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(match);
        while (true)
        {
            Task news;
            lock (_gate)
                news = _news.Task;
            if (Count(match) >= count)
                return;
            await news.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets all requests; the numbers go on.</summary>
    public void Clear()
    {
        lock (_gate)
            _requests.Clear();
    }

    internal void Add(LeaseApiRequest request)
    {
        lock (_gate)
        {
            request.Number = ++_last;
            _requests.Enqueue(request);
            if (_requests.Count > _length)
                _requests.Dequeue();
        }

        Tell();
    }

    internal void Answered(LeaseApiRequest request, int status)
    {
        request.StatusCode = status;
        Tell();
    }

    private void Tell()
    {
        TaskCompletionSource news;
        lock (_gate)
            (news, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        news.SetResult();
    }
}
