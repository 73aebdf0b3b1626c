using System.Threading.Channels;
using LeaseElection.Leases;
using LeaseElection.Tests.Election;

namespace LeaseElection.Tests.Runtime;

/// <summary>A store over the model of one Lease: answers at once, unless a test holds writes back, breaks it, or lets it throw.</summary>
internal sealed class FakeLeaseStore(LeaseServer server) : ILeaseStore
{
    private readonly Lock _gate = new();
    private readonly List<ChannelWriter<WatchSignal>> _watchers = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _published;

    public List<LeaseWrite> Writes { get; } = [];

    public int Reads { get; private set; }

    public int Disposals { get; private set; }

    /// <summary>Gets or sets what writes wait for, after they were sent and before they reach the server.</summary>
    public TaskCompletionSource? HoldWrites { get; set; }

    public bool Throws { get; set; }

    /// <summary>Gets or sets what is called with the token of every watch.</summary>
    public Action<CancellationToken>? OnWatch { get; set; }

    /// <summary>Gets or sets what is called at every write, on the thread that sends it.</summary>
    public Action? OnWrite { get; set; }

    /// <summary>Gets or sets what a mutating webhook makes of each write.</summary>
    public Func<LeaseWrite, LeaseWrite>? Alter { get; set; }

    /// <summary>Gets or sets how many writes from here on are answered 500, and have no effect.</summary>
    public int FailNextWrites { get; set; }

    /// <summary>Gets or sets a value indicating whether the next watch ends with a defect.</summary>
    public bool NextWatchThrows { get; set; }

    public LeaseSnapshot? Lease
    {
        get
        {
            lock (_gate)
                return server.Lease;
        }
    }

    public Task UntilWritesAsync(int count) => UntilAsync(() => Writes.Count >= count);

    public Task UntilReadsAsync(int count) => UntilAsync(() => Reads >= count);

    public Task UntilWatchesAsync(int count) => UntilAsync(() => _watchers.Count >= count);

    /// <summary>What the watch says of itself.</summary>
    public void Say(WatchSignal signal)
    {
        lock (_gate)
            _watchers[^1].TryWrite(signal);
    }

    /// <summary>Somebody else changes the Lease.</summary>
    public void Meddle(Action<LeaseServer> change)
    {
        lock (_gate)
        {
            change(server);
            Publish();
        }
    }

    public Task<ReadOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        lock (_gate)
        {
            Reads++;
            Tell();
            return Task.FromResult<ReadOutcome>(server.Lease is { } lease ? new ReadOutcome.Found(lease) : new ReadOutcome.Absent());
        }
    }

    public async Task<WriteOutcome> WriteAsync(LeaseWrite write, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        OnWrite?.Invoke();
        lock (_gate)
        {
            Writes.Add(write);
            Tell();
            if (FailNextWrites > 0)
            {
                FailNextWrites--;
                return new WriteOutcome.Unknown("500 Internal Server Error", RetryAfter: null);
            }
        }

        if (HoldWrites is { } hold)
            await hold.Task;
        lock (_gate)
        {
            var answer = server.Apply(0, Alter is { } alter ? alter(write) : write);
            Publish();
            return answer.Outcome is WriteOutcome.Written or WriteOutcome.Missing ? answer.Outcome : new WriteOutcome.Conflict();
        }
    }

    public IAsyncEnumerable<WatchSignal> WatchAsync(long fromVersion, CancellationToken cancellationToken)
    {
        OnWatch?.Invoke(cancellationToken);
        ThrowIfBroken();
        var channel = Channel.CreateUnbounded<WatchSignal>();
        lock (_gate)
        {
            _watchers.Add(channel.Writer);
            Tell();
            if (NextWatchThrows)
                channel.Writer.Complete(new InvalidOperationException("a defect of the watch"));
            NextWatchThrows = false;
            foreach (var (version, lease) in server.History.Where(h => h.Version > fromVersion))
                channel.Writer.TryWrite(Signal(version, lease));
        }

        return channel.Reader.ReadAllAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        ThrowIfBroken();
        return ValueTask.CompletedTask;
    }

    private static WatchSignal Signal(long version, LeaseSnapshot? lease) =>
        lease is { } seen ? new WatchSignal.Seen(seen) : new WatchSignal.Deleted(version);

    private void Tell() => Interlocked.Exchange(ref _news, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private async Task UntilAsync(Func<bool> happened)
    {
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (happened())
                    return;
                news = _news.Task;
            }

            await news.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private void Publish()
    {
        for (; _published < server.History.Count; _published++)
        {
            var (version, lease) = server.History[_published];
            foreach (var watcher in _watchers)
                watcher.TryWrite(Signal(version, lease));
        }
    }

    private void ThrowIfBroken()
    {
        if (Throws)
            throw new InvalidOperationException("a defect of the store");
    }
}
