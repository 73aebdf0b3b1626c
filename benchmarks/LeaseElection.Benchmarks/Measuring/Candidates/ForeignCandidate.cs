namespace LeaseElection.Benchmarks.Measuring.Candidates;

/// <summary>Somebody else's elector.</summary>
/// <param name="candidate">It.</param>
/// <param name="leave">How it leaves.</param>
internal sealed class ForeignCandidate(IForeignCandidate candidate, Func<CancellationToken, Task> leave) : ICandidate
{
    public string Identity => candidate.Identity;

    public async Task<long> LeadsAsync(CancellationToken cancellationToken)
    {
        await candidate.UntilLeadingAsync(cancellationToken);
        return candidate.Events.First(e => e.Event == "leading").MonotonicNs;
    }

    public Task SeesAsync(string leader, CancellationToken cancellationToken) => candidate.UntilSeesAsync(leader, cancellationToken);

    public async Task<long?> LeaveAsync(CancellationToken cancellationToken)
    {
        await leave(cancellationToken);
        return null;
    }

    public ValueTask DisposeAsync() => candidate.DisposeAsync();
}
