using LeaseElection.Leases;

namespace LeaseElection.Standalone;

/// <summary>The store of a standalone election: answers at once, and every time.</summary>
internal sealed class StandaloneLeaseStore(StandaloneLease lease) : ILeaseStore
{
    public Task<ReadOutcome> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ReadOutcome>(lease.Read() is { } found ? new ReadOutcome.Found(found) : new ReadOutcome.Absent());

    public Task<WriteOutcome> WriteAsync(LeaseWrite write, TimeSpan timeout, CancellationToken cancellationToken) =>
        Task.FromResult(lease.Write(write));

    public IAsyncEnumerable<WatchSignal> WatchAsync(long fromVersion, CancellationToken cancellationToken) =>
        lease.WatchAsync(fromVersion, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
