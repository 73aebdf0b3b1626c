namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>
/// An API server and two proxies on ports of their own, for one client: plain or TLS, HTTP or SOCKS5, whatever the client speaks.
/// </summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    // Only a client that neither speaks nor leaves takes so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stop = new(Patience, TimeProvider.System);
    private readonly List<Listener> _listeners;

    public RecordingServer()
    {
        var connection = new Connection(Records);
        _listeners =
        [
            new((stream, first) => connection.ServeAsync(stream, first, hop: null, _stop.Token), _stop.Token),
            new((stream, first) => connection.ForwardAsync(stream, first, "the proxy", _stop.Token), _stop.Token),
            new((stream, first) => connection.ForwardAsync(stream, first, "the other proxy", _stop.Token), _stop.Token),
        ];
    }

    public Records Records { get; } = new();

    public int Port => _listeners[0].Port;

    public int Proxy => _listeners[1].Port;

    public int OtherProxy => _listeners[2].Port;

    /// <summary>Waits until all that the client did is recorded. The client has left.</summary>
    public async Task<IReadOnlyList<string>> FinishAsync()
    {
        await Task.WhenAll(_listeners.Select(listener => listener.FinishAsync()));
        return Records.Lines();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        _stop.Dispose();
    }
}
