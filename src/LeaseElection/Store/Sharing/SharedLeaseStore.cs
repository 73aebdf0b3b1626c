using System.Runtime.CompilerServices;
using LeaseElection.Leases;
using LeaseElection.Store.Watch;

namespace LeaseElection.Store.Sharing;

/// <summary>
/// One Lease of several in this process: on their common connection and, where there are many in one namespace and the Role
/// allows it, with their common watch.
/// </summary>
internal sealed class SharedLeaseStore : ILeaseStore
{
    private readonly ConnectionShare _share;
    private readonly KubernetesLeaseStore _own;
    private readonly string _namespace;
    private readonly string _name;
    private readonly NamespaceWatch? _common;
    private long _knownSince;
    private long _watchedFrom;
    private int _disposed;

    public SharedLeaseStore(ConnectionShare share, KubernetesLeaseStore own, string @namespace, string name)
    {
        (_share, _own, _namespace, _name) = (share, own, @namespace, name);
        _common = share.Parts.Enter(@namespace) > SharedParts.MostSingle ? share.Parts.Of(@namespace) : null;
        _common?.Follow(name);
    }

    public async Task<ReadOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        // Taken before the read: the watch of that moment reports what happens afterwards.
        var epoch = _common?.Epoch ?? 0;
        var outcome = await _own.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (outcome is ReadOutcome.Found or ReadOutcome.Absent)
            Volatile.Write(ref _knownSince, epoch);
        return outcome;
    }

    public Task<ReadOutcome> ProbeAsync(bool onAnother, CancellationToken cancellationToken) =>
        _own.ProbeAsync(onAnother, cancellationToken);

    public Task<WriteOutcome> WriteAsync(LeaseWrite write, TimeSpan timeout, CancellationToken cancellationToken) =>
        _own.WriteAsync(write, timeout, cancellationToken);

    public async IAsyncEnumerable<WatchSignal> WatchAsync(long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = fromVersion;
        var isRestored = fromVersion < _watchedFrom;
        _watchedFrom = fromVersion;
        if (_common is { IsRefused: false } common)
        {
            var isRefused = false;
            await foreach (var signal in common
                .ReadAsync(_name, version, Volatile.Read(ref _knownSince), isRestored, cancellationToken)
                .ConfigureAwait(false))
            {
                // The Role allows single names only, which is no trouble to report.
                isRefused = signal is WatchSignal.Failing { Rejection.Kind: RejectionKind.Forbidden };
                if (isRefused)
                    break;
                if (signal is WatchSignal.Expired)
                    _watchedFrom = 0; // Forget the previous watch position.
                version = signal switch
                {
                    WatchSignal.Seen seen => Math.Max(version, seen.Lease.Version),
                    WatchSignal.Deleted deleted => Math.Max(version, deleted.Version),
                    _ => version,
                };
                yield return signal;
            }

            if (!isRefused)
                yield break;
        }

        await foreach (var signal in _own.WatchAsync(version, cancellationToken).ConfigureAwait(false))
            yield return signal;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _own.DisposeAsync().ConfigureAwait(false);
        _common?.Unfollow(_name);
        _share.Parts.Leave(_namespace);
        _share.Dispose();
    }
}
