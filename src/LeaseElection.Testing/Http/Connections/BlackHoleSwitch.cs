namespace LeaseElection.Testing.Http.Connections;

/// <summary>Whether a connection has gone silent.</summary>
internal sealed class BlackHoleSwitch
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOpen;

    /// <summary>Gets a value indicating whether nothing passes.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Gets a task that ends when the connection is over.</summary>
    public Task Closed => _closed.Task;

    public void Open() => _isOpen = true;

    public void Close() => _closed.TrySetResult();
}
