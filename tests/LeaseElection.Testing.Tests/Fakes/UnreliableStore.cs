using LeaseElection.Leases;
using LeaseElection.Standalone;

namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>A store over a Lease in memory that can be out of reach.</summary>
internal sealed class UnreliableStore(StandaloneLease lease) : ILeaseStore
{
    private readonly StandaloneLeaseStore _store = new(lease);

    public bool IsBroken { get; set; }

    public Task<ReadOutcome> ReadAsync(CancellationToken cancellationToken) =>
        IsBroken
            ? Task.FromResult<ReadOutcome>(new ReadOutcome.Failed("out of reach", RetryAfter: null))
            : _store.ReadAsync(cancellationToken);

    public Task<WriteOutcome> WriteAsync(LeaseWrite write, TimeSpan timeout, CancellationToken cancellationToken) =>
        IsBroken
            ? Task.FromResult<WriteOutcome>(new WriteOutcome.Unknown("out of reach", RetryAfter: null))
            : _store.WriteAsync(write, timeout, cancellationToken);

    public IAsyncEnumerable<WatchSignal> WatchAsync(long fromVersion, CancellationToken cancellationToken) =>
        _store.WatchAsync(fromVersion, cancellationToken);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
