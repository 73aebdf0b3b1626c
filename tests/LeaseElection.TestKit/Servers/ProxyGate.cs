namespace LeaseElection.TestKit;

/// <summary>
/// One direction of a proxy, for all of its connections: how late what passes arrives, and whether anything passes at all.
/// </summary>
internal sealed class ProxyGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;
    private long _delayTicks;
    private long _bytes;

    /// <summary>Gets how many bytes have been received to go that way.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Gets or sets how much later than it was received something is sent on. Order is kept.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delayTicks));
        set => Volatile.Write(ref _delayTicks, value.Ticks);
    }

    public void Count(int bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Close()
    {
        lock (_lock)
            _closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Open()
    {
        lock (_lock)
        {
            _closed?.SetResult();
            _closed = null;
        }
    }

    public Task WhenOpenAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _closed?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }
}
