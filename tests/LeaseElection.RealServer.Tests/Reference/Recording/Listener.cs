using System.Net;
using System.Net.Sockets;

namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>A port on loopback. Each connection is served by itself, once it is known how the client begins.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Stream, byte, Task> _serve;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Task> _serving = [];
    private readonly TaskCompletionSource _finishing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;

    public Listener(Func<Stream, byte, Task> serve, CancellationToken cancellationToken)
    {
        (_serve, _cancellationToken) = (serve, cancellationToken);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Takes what the client, which has left, still has in the backlog, and waits until all connections are done with.</summary>
    public async Task FinishAsync()
    {
        _finishing.TrySetResult();
        await _accepting;
        await Task.WhenAll(_serving);
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var next = AcceptOneAsync();
        while (await Task.WhenAny(next, _finishing.Task) == next || next.IsCompleted || _listener.Pending())
        {
            if (await next is not { } socket)
                return;
            _serving.Add(ServeAsync(socket));
            next = AcceptOneAsync();
        }

        _listener.Stop();
        if (await next is { } last)
            _serving.Add(ServeAsync(last));
    }

    // Null once nobody is accepted any more.
    private async Task<Socket?> AcceptOneAsync()
    {
        try
        {
            return await _listener.AcceptSocketAsync(_cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var first = await FirstByte.PeekAsync(socket, _cancellationToken);
            if (first != 0)
                await _serve(stream, first);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The client left.
        }
    }
}
