namespace LeaseElection.Benchmarks.Measuring.Candidates;

/// <summary>Somebody's elector on the Lease, for one life: it campaigns, leads perhaps, and leaves.</summary>
internal interface ICandidate : IAsyncDisposable
{
    string Identity { get; }

    /// <summary>Waits until it leads, now or before.</summary>
    /// <returns>When its work began, by the monotonic clock.</returns>
    Task<long> LeadsAsync(CancellationToken cancellationToken);

    /// <summary>Waits until it has seen this one lead.</summary>
    Task SeesAsync(string leader, CancellationToken cancellationToken);

    /// <summary>Asks it to leave, gracefully where it can, and waits until it has left.</summary>
    /// <returns>When its work had ended, by the monotonic clock; null where it does not say.</returns>
    Task<long?> LeaveAsync(CancellationToken cancellationToken);
}
