using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LeaseElection.Leases;

namespace LeaseElection.Store.Watch;

/// <summary>One enumeration of a watch of one Lease, with a connection of its own.</summary>
internal sealed class LeaseWatch : IWatchListener
{
    // A reader that falls behind holds the stream up, and loses nothing.
    private const int Backlog = 64;

    private readonly string _name;
    private readonly WatchLoop _loop;
    private readonly Channel<WatchSignal> _signals = Channel.CreateBounded<WatchSignal>(
        new BoundedChannelOptions(Backlog) { SingleReader = true, SingleWriter = true });

    public LeaseWatch(WatchSettings settings, long fromVersion)
    {
        _name = settings.Address.Name;
        settings.Lag.Begin(fromVersion);
        _loop = new(settings, fromVersion, this);
    }

    public async IAsyncEnumerable<WatchSignal> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pump = PumpAsync(stopping.Token);
        try
        {
            await foreach (var signal in _signals.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return signal;
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
        }
    }

    ValueTask IWatchListener.SayAsync(string? name, WatchSignal signal, CancellationToken cancellationToken) =>
        _signals.Writer.WriteAsync(signal, cancellationToken);

    bool IWatchListener.Wants(string name) => name == _name;

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _loop.RunAsync(cancellationToken).ConfigureAwait(false);
            _signals.Writer.Complete();
        }
        catch (Exception e)
        {
            // Cancellation, or a defect: the reader gets it; this task never fails.
            _signals.Writer.Complete(e);
        }
    }
}
