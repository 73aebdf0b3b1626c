using LeaseElection.Leases;

namespace LeaseElection.Store.Watch;

/// <summary>Who a watch tells. One call at a time, from the loop's own task: taking long holds the stream up.</summary>
internal interface IWatchListener
{
    /// <summary>Something was said.</summary>
    /// <param name="name">The Lease that it is about; null when it is about the watch itself.</param>
    /// <param name="signal">What it is.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    ValueTask SayAsync(string? name, WatchSignal signal, CancellationToken cancellationToken);

    /// <summary>Whether anybody wants to know of this Lease: others are not even read.</summary>
    bool Wants(string name);
}
