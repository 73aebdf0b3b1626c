namespace LeaseElection.Benchmarks.Measuring.Candidates;

/// <summary>A leader and its standbys on one Lease, all of one kind.</summary>
internal sealed class RunningElection : IAsyncDisposable
{
    private readonly Func<Task<ICandidate>> _join;
    private readonly List<ICandidate> _candidates = [];

    private RunningElection(Func<Task<ICandidate>> join) => _join = join;

    public ICandidate Leader { get; private set; } = null!;

    /// <summary>Starts it: the first candidate leads, and every standby has seen it lead.</summary>
    public static async Task<RunningElection> StartAsync(Func<Task<ICandidate>> join, int standbys, CancellationToken cancellationToken)
    {
        var election = new RunningElection(join);
        try
        {
            election.Leader = await election.AddAsync();
            await election.Leader.LeadsAsync(cancellationToken);
            for (var i = 0; i < standbys; i++)
                await election.AddAsync();
            await election.SettleAsync(cancellationToken);
            return election;
        }
        catch
        {
            await election.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until every standby knows who leads.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Standbys().Select(standby => standby.SeesAsync(Leader.Identity, cancellationToken)));

    /// <summary>Asks the leader to leave and waits until another leads; a new standby takes the old one's place.</summary>
    public async Task<HandOver> HandOverAsync(CancellationToken cancellationToken)
    {
        var old = Leader;
        using var found = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = Standbys().Select(async standby => (standby, AtNs: await standby.LeadsAsync(found.Token))).ToList();

        var asked = Clock.NowNs;
        var leaving = old.LeaveAsync(cancellationToken);
        var (next, begun) = await await Task.WhenAny(waiting);
        var ended = await leaving;

        await found.CancelAsync();
        await ((Task)Task.WhenAll(waiting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Leader = next;
        _candidates.Remove(old);
        await old.DisposeAsync();
        await AddAsync();
        return new(asked, ended, begun);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_candidates.Select(candidate => candidate.DisposeAsync().AsTask()));

    private IEnumerable<ICandidate> Standbys() => _candidates.Where(candidate => candidate != Leader);

    private async Task<ICandidate> AddAsync()
    {
        var candidate = await _join();
        _candidates.Add(candidate);
        return candidate;
    }
}
