using System.Threading.Channels;

namespace LeaseElection.Testing.Storage;

/// <summary>A watch's place in the store: what happens from its version on goes into its channel, in order.</summary>
internal sealed class Subscription(Action<Subscription> remove, long? fromVersion) : IDisposable
{
    // A watcher that reads as slowly as that is cut off, as kube-apiserver does; it resumes from its last version.
    private const int MostPending = 10_000;

    private readonly Channel<WatchItem> _items =
        Channel.CreateBounded<WatchItem>(new BoundedChannelOptions(MostPending) { SingleReader = true });

    public ChannelReader<WatchItem> Items => _items.Reader;

    public void Post(WatchItem item)
    {
        // From a version of the future on: nothing until then.
        if (item.Kind is WatchItemKind.Event or WatchItemKind.Bookmark && item.Version <= fromVersion)
            return;
        if (!_items.Writer.TryWrite(item))
            End();
    }

    /// <summary>Ends the watch once it has read what is there.</summary>
    public void End() => _items.Writer.TryComplete();

    public void Dispose()
    {
        remove(this);
        End();
    }
}
