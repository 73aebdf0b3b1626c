namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>An election in which nobody leads yet, and a hand that moves it: what the contract is checked on.</summary>
internal abstract class ElectionStage : IAsyncDisposable
{
    public abstract ILeaderElection Election { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Has our candidate lead, whether or not the other led before (it leaves first, of its own will).</summary>
    public abstract Task<LeadershipTerm> LeadAsync();

    /// <summary>Has another replica lead; from a free or from our own leadership.</summary>
    public abstract Task HandToAsync(string leader);

    /// <summary>Lets our term's deadline pass.</summary>
    public abstract Task ExpireAsync();

    /// <summary>Disposes of the election, not of what it stands on.</summary>
    public abstract ValueTask EndAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Waits until the election says so.</summary>
    public async Task<LeadershipChange> UntilAsync(Func<LeadershipChange, bool> condition)
    {
        await foreach (var change in Election.WatchAsync(Cancel))
        {
            if (condition(change))
                return change;
        }

        throw new InvalidOperationException("The election is over.");
    }
}
