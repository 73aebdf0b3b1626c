using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LeaseElection.Leases.Kubernetes;

/// <summary>
/// One watch of all Leases of a namespace, for all elections of this process there. It begins with its first reader, from the version that this
/// one knows, and ends with its last.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its last reader disposes of what its loop needs; without readers there is no loop.")]
internal sealed class NamespaceWatch(WatchSettings settings) : IWatchListener
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<WatchReader>> _readers = new(StringComparer.Ordinal);
    private WatchSignal.Failing? _refusal;
    private WatchLoop? _loop;
    private CancellationTokenSource? _stop;
    private Task _run = Task.CompletedTask;
    private long _begunFrom;
    private long _toldAt;

    /// <summary>Gets which watch this is: each that begins from a version of its own has another number. Zero before the first.</summary>
    public long Epoch { get; private set; }

    /// <summary>Gets a value indicating whether the server refuses to show all Leases of the namespace: the Role may name single ones.</summary>
    public bool IsRefused => Volatile.Read(ref _refusal) is not null;

    /// <summary>Reads what is said of one Lease.</summary>
    /// <param name="name">The Lease.</param>
    /// <param name="fromVersion">The version that the reader knows; 0 when it knows none.</param>
    /// <param name="knownSince">The <see cref="Epoch"/> at the time when it asked for what it knows.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<WatchSignal> ReadAsync(string name, long fromVersion, long knownSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new WatchReader(name, fromVersion);
        if (!Join(reader, knownSince))
        {
            // Between what it knows and where this watch began, something may have happened. A read after that beginning knows.
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
            foreach (var reader in ReadersOf(name))
                reader.Take(signal);
            if (IsRefused)
                _ = _stop?.CancelAsync(); // Each watches its own Lease from here on.
            if (IsRefused || (name is null && signal is WatchSignal.Expired))
                Forget();
        }

        return ValueTask.CompletedTask;
    }

    bool IWatchListener.Wants(string name)
    {
        lock (_gate)
            return _readers.ContainsKey(name);
    }

    private bool Join(WatchReader reader, long knownSince)
    {
        lock (_gate)
        {
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
            else if (reader.FromVersion > _loop.Version && settings.Time.GetElapsedTime(Volatile.Read(ref _toldAt)) >= settings.RequestTimeout)
            {
                _toldAt = settings.Time.GetTimestamp(); // Once, whoever else comes meanwhile.
                _loop.Reconnect();
            }

            if (_loop!.Trouble is { } trouble)
                reader.Take(trouble);
            if (!_readers.TryGetValue(reader.Name, out var same))
                _readers[reader.Name] = same = [];
            same.Add(reader);
            return true;
        }
    }

    private async Task LeaveAsync(WatchReader reader)
    {
        Task run;
        CancellationTokenSource? stop = null;
        lock (_gate)
        {
            if (_readers.TryGetValue(reader.Name, out var same) && same.Remove(reader) && same.Count == 0)
                _readers.Remove(reader.Name);
            run = _run;
            if (_readers.Count == 0 && _loop is not null)
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
        _loop = new(settings, fromVersion, this);
        _stop = new();
        _run = RunAsync(_loop, _stop.Token);
    }

    private IEnumerable<WatchReader> ReadersOf(string? name) =>
        name is null ? _readers.Values.SelectMany(static same => same) : _readers.GetValueOrDefault(name, []);

    // The next reader begins another.
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
            // A defect of ours. Each reader's election hears of it, as of a store's.
            lock (_gate)
            {
                foreach (var reader in ReadersOf(null))
                    reader.Fail(error);
                if (_loop == loop)
                    Forget();
            }
        }
    }
}
