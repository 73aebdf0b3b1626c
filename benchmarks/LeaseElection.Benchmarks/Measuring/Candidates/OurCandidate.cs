namespace LeaseElection.Benchmarks.Measuring.Candidates;

/// <summary>A <see cref="LeaderElector"/> with its own client, as a process of its own would have.</summary>
internal sealed class OurCandidate : ICandidate
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LeaderElector _elector;
    private readonly TaskCompletionSource<long> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _run;
    private long? _endedNs;

    /// <param name="access">The way to the API server.</param>
    /// <param name="options">Lease, namespace and whatever else is not as by default.</param>
    public OurCandidate(ClusterAccess access, LeaderElectionOptions options)
    {
        _elector = LeaderElector.Create(access.Configuration(), options);
        _run = _elector.RunAsync(WorkAsync, _stop.Token);
    }

    public string Identity => _elector.Identity;

    public Task<long> LeadsAsync(CancellationToken cancellationToken) => _begun.Task.WaitAsync(cancellationToken);

    public async Task SeesAsync(string leader, CancellationToken cancellationToken)
    {
        await foreach (var change in _elector.WatchAsync(cancellationToken))
        {
            if (change.LeaderIdentity == leader)
                return;
        }
    }

    public async Task<long?> LeaveAsync(CancellationToken cancellationToken)
    {
        // On this thread: nothing is waited for between the question and the measured time.
        _stop.Cancel();
        await _run.WaitAsync(cancellationToken);
        return _endedNs;
    }

    public async ValueTask DisposeAsync()
    {
        await _elector.DisposeAsync();
        _stop.Dispose();
    }

    // First of all the time: all that follows is no part of what is measured.
    private async Task WorkAsync(LeadershipTerm term, CancellationToken cancellationToken)
    {
        _begun.TrySetResult(Clock.NowNs);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _endedNs = Clock.NowNs;
    }
}
