using System.Net;
using System.Net.Sockets;

namespace LeaseElection.TestKit;

/// <summary>
/// A TCP proxy on loopback whose open connections can fall silent: nothing passes any more in either direction, and neither end is told, as
/// when a firewall forgets them. Connections that are made afterwards work.
/// </summary>
public sealed class SilenceableProxy : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly List<Connection> _connections = [];
    private readonly Task _accepting;

    /// <param name="server">Where to: scheme, host and port.</param>
    public SilenceableProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        Address = LoopbackPorts.Address(server.Scheme, ((IPEndPoint)_listener.LocalEndpoint).Port);
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Silences all open connections.</summary>
    /// <returns>How many.</returns>
    public int Silence()
    {
        lock (_gate)
            return _connections.Count(connection => connection.Silence());
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        Connection[] connections;
        lock (_gate)
            connections = [.. _connections];
        foreach (var connection in connections)
            await connection.DisposeAsync();
        _listener.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_closing.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await server.ConnectAsync(_server.Host, _server.Port, _closing.Token);
                    lock (_gate)
                        _connections.Add(new(client, server));
                }
                catch (SocketException)
                {
                    // Nobody there: the client is told in the same way.
                    client.Close(timeout: 0);
                    server.Dispose();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }

    private sealed class Connection : IAsyncDisposable
    {
        private readonly Socket _client;
        private readonly Socket _server;
        private readonly Task _passing;
        private volatile bool _silent;

        public Connection(Socket client, Socket server)
        {
            (_client, _server) = (client, server);
            _passing = Task.WhenAll(PassAsync(client, server), PassAsync(server, client));
        }

        public bool Silence()
        {
            var open = !_silent && !_passing.IsCompleted;
            _silent = true;
            return open;
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            _server.Dispose();
            await _passing;
        }

        private async Task PassAsync(Socket from, Socket to)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer) is > 0 and var count)
                {
                    if (!_silent)
                        await to.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // One end is gone; below, the other is told.
            }

            if (_silent)
                return;
            _client.Dispose();
            _server.Dispose();
        }
    }
}
