using System.Runtime.CompilerServices;
using LeaseElection.Leases;

namespace LeaseElection.Standalone;

/// <summary>
/// One Lease in this process's memory, kept as a server keeps it: versions rise, a write takes effect only under its precondition (S4), and
/// every watcher learns of each change.
/// </summary>
internal sealed class StandaloneLease(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly string _uid = Guid.NewGuid().ToString();
    private LeaseSnapshot? _lease;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LeaseSnapshot? Read()
    {
        lock (_gate)
            return _lease;
    }

    public WriteOutcome Write(in LeaseWrite write)
    {
        TaskCompletionSource news;
        LeaseSnapshot written;
        lock (_gate)
        {
            if (!write.IsCreate && _lease is null)
                return new WriteOutcome.Missing();
            if (write.Uid != _lease?.Uid || write.Version != (_lease?.Version ?? 0))
                return new WriteOutcome.Conflict();
            written = new() { Uid = _uid, Version = RisingVersions.Next(time), Spec = write.Spec, Mark = write.Mark };
            _lease = written;
            (news, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        news.SetResult();
        return new WriteOutcome.Written(written);
    }

    /// <summary>Reports what is newer than this version. Of changes that follow each other fast, it may report only the last.</summary>
    public async IAsyncEnumerable<WatchSignal> WatchAsync(long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            LeaseSnapshot? latest;
            Task news;
            lock (_gate)
                (latest, news) = (_lease, _news.Task);
            if (latest is { } lease && lease.Version > fromVersion)
            {
                fromVersion = lease.Version;
                yield return new WatchSignal.Seen(lease);
            }

            await news.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
