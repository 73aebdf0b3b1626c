using LeaseElection.Leases;

namespace LeaseElection.Store.Watch;

/// <summary>The receiver of a watch's signals. One call at a time, from the loop's own task: a slow call holds the stream up.</summary>
internal interface IWatchListener
{
    /// <summary>Takes a signal.</summary>
    /// <param name="name">The Lease that it is about; null when it is about the watch itself.</param>
    /// <param name="signal">What it is.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    ValueTask SayAsync(string? name, WatchSignal signal, CancellationToken cancellationToken);

    /// <summary>Whether an election follows this Lease: others are not even parsed.</summary>
    bool Wants(string name);
}
