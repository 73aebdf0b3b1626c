using System.Threading.Channels;
using LeaseElection.Leases;

namespace LeaseElection.Store.Watch;

/// <summary>
/// One election's part of a shared watch. The watch does not wait for a slow reader: it keeps what the reader has
/// not taken yet, which is little.
/// </summary>
internal sealed class WatchReader(string name, long fromVersion)
{
    private readonly Channel<WatchSignal> _signals = Channel.CreateUnbounded<WatchSignal>(new() { SingleReader = true });

    public string Name => name;

    public long FromVersion => fromVersion;

    public void Take(WatchSignal signal)
    {
        if (signal is WatchSignal.Seen { Lease.Version: var seen } && seen <= fromVersion)
            return; // The reader already knew this.
        if (signal is WatchSignal.Deleted { Version: var deleted } && deleted <= fromVersion)
            return;
        _signals.Writer.TryWrite(signal);
        if (signal is WatchSignal.Expired)
            _signals.Writer.TryComplete();
    }

    public void Fail(Exception error) => _signals.Writer.TryComplete(error);

    /// <summary>The next signal; null after <see cref="WatchSignal.Expired"/>.</summary>
    public async ValueTask<WatchSignal?> NextAsync(CancellationToken cancellationToken) =>
        await _signals.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _signals.Reader.TryRead(out var signal)
            ? signal
            : null;
}
