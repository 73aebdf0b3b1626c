using System.Collections.Immutable;
using LeaseElection.Testing.Api.Protocol;

namespace LeaseElection.Testing.Storage;

/// <summary>
/// The Leases and namespaces of a server, with one version for all, as etcd has. Every change is one step under one lock.
/// </summary>
internal sealed class LeaseStore
{
    private readonly Lock _gate = new();
    private readonly HashSet<Subscription> _subscriptions = [];
    private readonly Queue<StoreEvent> _history = new();
    private readonly int _historyLength;
    private StoreImage _image;
    private long _compacted;
    private bool _closed;

    public LeaseStore(int historyLength, StoreImage image)
    {
        _historyLength = historyLength;
        _image = image;
        _compacted = image.Version;
    }

    /// <summary>Gets everything, as of now.</summary>
    public StoreImage Image => Volatile.Read(ref _image);

    public int Subscriptions
    {
        get
        {
            lock (_gate)
                return _subscriptions.Count;
        }
    }

    /// <summary>The Leases as of a version; null where that is forgotten. The namespaces are as of now.</summary>
    public StoreImage? ImageAt(long version)
    {
        lock (_gate)
        {
            if (version < _compacted)
                return null;
            var leases = _image.Leases.ToBuilder();
            foreach (var undone in _history.Where(e => e.Version > version).Reverse())
            {
                if (undone.Before is null)
                    leases.Remove(undone.Key);
                else
                    leases[undone.Key] = undone.Before;
            }

            return _image with { Version = version, Leases = leases.ToImmutable() };
        }
    }

    /// <summary>Changes one Lease, or creates or deletes it.</summary>
    /// <param name="key">Which.</param>
    /// <param name="change">
    /// Gets what the store holds and the version that a change will have; returns what it is to hold: the same, another, or null. What it
    /// throws changes nothing.
    /// </param>
    /// <returns>What the store holds now.</returns>
    /// <exception cref="ObjectDisposedException">The server has ended.</exception>
    public StoredLease? Change(LeaseKey key, Func<StoreImage, StoredLease?, long, StoredLease?> change)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            var before = _image.Leases.GetValueOrDefault(key);
            var version = _image.Version + 1;
            var after = change(_image, before, version);
            if (ReferenceEquals(before, after))
                return after;
            var leases = after is null ? _image.Leases.Remove(key) : _image.Leases.SetItem(key, after);
            Volatile.Write(ref _image, _image with { Version = version, Leases = leases });
            Publish(new(version, before, after));
            return after;
        }
    }

    /// <summary>Changes the namespaces. The Leases of one that goes, go too.</summary>
    /// <exception cref="ObjectDisposedException">The server has ended.</exception>
    public void ChangeNamespaces(
        Func<ImmutableSortedDictionary<string, StoredNamespace>, long, ImmutableSortedDictionary<string, StoredNamespace>> change)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            var version = _image.Version + 1;
            Volatile.Write(ref _image, _image with { Version = version, Namespaces = change(_image.Namespaces, version) });
            foreach (var key in _image.Leases.Keys.Where(k => !_image.Namespaces.ContainsKey(k.Namespace)).ToList())
                Change(key, static (_, _, _) => null);
        }
    }

    /// <summary>Watches from just after a version on.</summary>
    /// <param name="fromVersion">The version; null: what there is comes first, as if it were new.</param>
    /// <param name="wanted">Which Leases; asked only for what there is when <paramref name="fromVersion"/> is null.</param>
    /// <returns>The watch's place. To be disposed of.</returns>
    /// <exception cref="ApiException">The version is no longer known (410).</exception>
    public Subscription Subscribe(long? fromVersion, Func<StoredLease, bool> wanted)
    {
        lock (_gate)
        {
            if (fromVersion < _compacted)
                throw new ApiException(ApiStatus.Expired($"too old resource version: {fromVersion} ({_compacted})"));
            var subscription = new Subscription(Remove, fromVersion);
            if (fromVersion is null)
            {
                foreach (var lease in _image.Leases.Values.Where(wanted))
                    subscription.Post(new(WatchItemKind.Event, lease.Version, new(lease.Version, Before: null, lease)));
            }
            else
            {
                foreach (var change in _history.Where(e => e.Version > fromVersion))
                    subscription.Post(new(WatchItemKind.Event, change.Version, change));
            }

            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Tells every watch something.</summary>
    public void Post(WatchItemKind kind)
    {
        lock (_gate)
        {
            foreach (var subscription in _subscriptions)
                subscription.Post(new(kind, _image.Version));
        }
    }

    /// <summary>
    /// Tells one watch how far it is, if there is any news for it. In order with the events: all up to this version were posted before.
    /// </summary>
    public void PostBookmark(Subscription subscription, WatchItemKind kind = WatchItemKind.Bookmark)
    {
        lock (_gate)
            subscription.Post(new(kind, _image.Version));
    }

    /// <summary>Forgets what happened: a watch from an older version than now is refused.</summary>
    public void Compact()
    {
        lock (_gate)
        {
            _history.Clear();
            _compacted = _image.Version;
        }
    }

    /// <summary>Goes back to what was once; all watches end.</summary>
    public void Restore(StoreImage image)
    {
        lock (_gate)
        {
            Volatile.Write(ref _image, image);
            _history.Clear();
            _compacted = image.Version;
            foreach (var subscription in _subscriptions)
                subscription.End();
        }
    }

    /// <summary>Nothing changes any more, once this returns.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, typeof(LeaseApiServer));

    private void Publish(StoreEvent change)
    {
        _history.Enqueue(change);
        if (_history.Count > _historyLength)
            _compacted = _history.Dequeue().Version;
        foreach (var subscription in _subscriptions)
            subscription.Post(new(WatchItemKind.Event, change.Version, change));
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
            _subscriptions.Remove(subscription);
    }
}
