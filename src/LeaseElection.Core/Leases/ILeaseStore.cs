namespace LeaseElection.Leases;

/// <summary>
/// One Lease, wherever it is kept. Every outcome is a value: no method throws for what a server or a network may do. The only
/// exception is <see cref="OperationCanceledException"/> when the caller's own token is cancelled, and
/// <see cref="WriteAsync"/> does not throw even that.
/// </summary>
internal interface ILeaseStore : IAsyncDisposable
{
    /// <summary>Reads the Lease from etcd (no resourceVersion asked), trying again a few times on transient failures.</summary>
    /// <param name="cancellationToken">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    /// <returns>What was read, or why nothing was.</returns>
    Task<ReadOutcome> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads once, to learn which connection works while a write has no answer. Not tried again; without an end of its own but the token's.
    /// </summary>
    /// <param name="onAnother">Whether to read on another connection than the last write's, instead of on that one.</param>
    /// <param name="cancellationToken">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    Task<ReadOutcome> ProbeAsync(bool onAnother, CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    /// <summary>Sends one write, once: whether to try again is the machine's decision, never the store's.</summary>
    /// <param name="write">The record and its precondition.</param>
    /// <param name="timeout">After this the outcome is <see cref="WriteOutcome.Unknown"/>: the write may still have committed.</param>
    /// <param name="cancellationToken">Cancelling gives <see cref="WriteOutcome.Unknown"/> too.</param>
    /// <returns>What became of it.</returns>
    Task<WriteOutcome> WriteAsync(LeaseWrite write, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>
    /// Watches the Lease from just after a version. Reconnects where it stopped, for as long as the caller enumerates; ends by itself only
    /// after <see cref="WatchSignal.Expired"/>.
    /// </summary>
    /// <param name="fromVersion">The last version that the caller knows; 0 when it knows none.</param>
    /// <param name="cancellationToken">Ends the watch with <see cref="OperationCanceledException"/>.</param>
    /// <returns>What the watch says, in the order in which it came.</returns>
    IAsyncEnumerable<WatchSignal> WatchAsync(long fromVersion, CancellationToken cancellationToken);
}
