using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LeaseElection.Leases;

namespace LeaseElection.Store.Watch;

/// <summary>
/// One watch of all Leases of a namespace, for all elections of this process there. It begins with its first reader, from the version that
/// this reader knows, and ends with its last.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its last reader disposes of what its loop needs; without readers there is no loop.")]
internal sealed class NamespaceWatch(WatchSettings settings) : IWatchListener
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FollowedLease> _leases = new(StringComparer.Ordinal);
    private WatchSignal.Failing? _refusal;
    private WatchLoop? _loop;
    private CancellationTokenSource? _stop;
    private Task _run = Task.CompletedTask;
    private long _begunFrom;
    private int _readers;
    private long _toldAt;

    /// <summary>
    /// Gets the number of the current watch: each that begins from a version of its own has another. Zero before the first.
    /// </summary>
    public long Epoch { get; private set; }

    /// <summary>
    /// Gets a value indicating whether the server refuses to show all Leases of the namespace: the Role may name single ones.
    /// </summary>
    public bool IsRefused => Volatile.Read(ref _refusal) is not null;

    /// <summary>
    /// An election of this Lease begins, before its first read. From then on the watch keeps what it learns of the Lease while the election
    /// is not reading here: the Lease may change between the election's read and its watch, and this watch reports everything once.
    /// </summary>
    public void Follow(string name)
    {
        lock (_gate)
            LeaseOf(name).Elections++;
    }

    /// <summary>An election of this Lease is over.</summary>
    public void Unfollow(string name)
    {
        lock (_gate)
        {
            var lease = LeaseOf(name);
            lease.Elections--;
            ForgetIfUnused(lease);
        }
    }

    /// <summary>Reads the signals about one Lease.</summary>
    /// <param name="name">The Lease.</param>
    /// <param name="fromVersion">The version that the reader knows; 0 when it knows none.</param>
    /// <param name="knownSince">The <see cref="Epoch"/> at the time when it sent the read of what it knows.</param>
    /// <param name="isRestored">
    /// Whether the reader knew of a newer version before: etcd was restored from a backup, and versions count anew.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<WatchSignal> ReadAsync(
        string name, long fromVersion, long knownSince, bool isRestored, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new WatchReader(name, fromVersion);
        if (!Join(reader, knownSince, isRestored))
        {
            // Something may have happened between what it knows and where this watch began. A read after that beginning covers it.
            yield return new WatchSignal.Expired();
            yield break;
        }

        try
        {
            while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } signal)
                yield return signal;
        }
        finally
        {
            await LeaveAsync(reader).ConfigureAwait(false);
        }
    }

    ValueTask IWatchListener.SayAsync(string? name, WatchSignal signal, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Volatile.Write(ref _toldAt, settings.Time.GetTimestamp());
            if (signal is WatchSignal.Failing { Rejection.Kind: RejectionKind.Forbidden } refusal)
                Volatile.Write(ref _refusal, refusal);
            if (name is null)
                TellAll(signal);
            else if (_leases.TryGetValue(name, out var lease))
                lease.Take(signal);
            if (IsRefused)
                End(); // Each watches its own Lease from here on.
            else if (name is null && signal is WatchSignal.Expired)
                Forget();
        }

        return ValueTask.CompletedTask;
    }

    bool IWatchListener.Wants(string name)
    {
        lock (_gate)
            return _leases.ContainsKey(name);
    }

    private bool Join(WatchReader reader, long knownSince, bool isRestored)
    {
        WatchLoop? silent = null;
        lock (_gate)
        {
            // After an etcd restore versions restart, so restart the watch once: a follower that is sent to read knows nothing older.
            if (isRestored && knownSince == Epoch && reader.FromVersion < _begunFrom)
            {
                TellAll(new WatchSignal.Expired());
                End();
            }

            if (_refusal is not null)
            {
                reader.Take(_refusal);
                return true;
            }

            if (_loop is null)
            {
                Begin(reader.FromVersion);
            }
            else if (reader.FromVersion < _begunFrom && knownSince != Epoch)
            {
                return false;
            }
            else if (reader.FromVersion > _loop.Version
                && settings.Time.GetElapsedTime(Volatile.Read(ref _toldAt)) >= settings.RequestTimeout)
            {
                _toldAt = settings.Time.GetTimestamp(); // One reconnect is enough, however many others come meanwhile.
                silent = _loop;
            }

            if (_loop!.Trouble is { } trouble)
                reader.Take(trouble);
            LeaseOf(reader.Name).Join(reader);
            _readers++;
        }

        silent?.Reconnect();
        return true;
    }

    private async Task LeaveAsync(WatchReader reader)
    {
        Task run;
        CancellationTokenSource? stop = null;
        lock (_gate)
        {
            if (_leases.TryGetValue(reader.Name, out var lease) && lease.Readers.Remove(reader))
            {
                _readers--;
                ForgetIfUnused(lease);
            }

            run = _run;
            if (_readers == 0 && _loop is not null)
            {
                stop = _stop;
                Forget();
            }
        }

        if (stop is null)
            return;
        await stop.CancelAsync().ConfigureAwait(false);
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private void Begin(long fromVersion)
    {
        Epoch++;
        _begunFrom = fromVersion;
        _toldAt = settings.Time.GetTimestamp();
        foreach (var lease in _leases.Values)
            lease.Missed = null; // It came from an earlier watch.
        _loop = new(settings, fromVersion, this);
        _stop = new();
        _run = RunAsync(_loop, _stop.Token);
    }

    private FollowedLease LeaseOf(string name)
    {
        if (!_leases.TryGetValue(name, out var lease))
            _leases[name] = lease = new(name);
        return lease;
    }

    private void ForgetIfUnused(FollowedLease lease)
    {
        if (lease is { Elections: <= 0, Readers.Count: 0 })
            _leases.Remove(lease.Name);
    }

    private void TellAll(WatchSignal signal)
    {
        foreach (var reader in _leases.Values.SelectMany(static lease => lease.Readers))
            reader.Take(signal);
    }

    private void End()
    {
        _ = _stop?.CancelAsync();
        Forget();
    }

    // The next reader begins another watch.
    private void Forget() => (_loop, _stop) = (null, null);

    private async Task RunAsync(WatchLoop loop, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // Not under the lock.
        try
        {
            await loop.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // A defect of ours. Each reader's election gets it, like a defect of a store.
            lock (_gate)
            {
                foreach (var reader in _leases.Values.SelectMany(static lease => lease.Readers))
                    reader.Fail(error);
                if (_loop == loop)
                    Forget();
            }
        }
    }
}
