namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>Watches an election and writes down every change, as leader/whether that is us/why our last term ended.</summary>
internal sealed class ChangeLog
{
    private readonly Lock _gate = new();
    private readonly List<LeadershipChange> _changes = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to watch; has the first state when it returns.</summary>
    public ChangeLog(ILeaderElection election) => Ended = FollowAsync(election);

    /// <summary>Gets a task that ends with the enumeration.</summary>
    public Task Ended { get; }

    public IReadOnlyList<LeadershipChange> Changes
    {
        get
        {
            lock (_gate)
                return [.. _changes];
        }
    }

    public static string Line(LeadershipChange change, ILeaderElection election) =>
        $"{(change.LeaderIdentity == election.Identity ? "we" : change.LeaderIdentity ?? "nobody")} {(change.IsLeader ? "lead" : change.EndReason)}".TrimEnd();

    public async Task<string[]> UntilAsync(int count, ILeaderElection election)
    {
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (_changes.Count >= count)
                    return [.. _changes.Select(c => Line(c, election))];
                news = _news.Task;
            }

            await news.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task FollowAsync(ILeaderElection election)
    {
        await foreach (var change in election.WatchAsync(TestContext.Current.CancellationToken))
        {
            TaskCompletionSource news;
            lock (_gate)
            {
                _changes.Add(change);
                (news, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            news.SetResult();
        }
    }
}
