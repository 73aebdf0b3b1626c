using System.Net;
using System.Net.Sockets;

namespace LeaseElection.TestKit;

/// <summary>
/// A TCP proxy on loopback that can be a bad network: open connections fall silent for good, as when a firewall forgets them
/// (<see cref="Silence"/>); nothing passes for a while in one direction or both, and arrives late (<see cref="Hold"/>); what comes back is
/// slow (<see cref="Slow"/>); everything is reset (<see cref="Reset"/>).
/// </summary>
public sealed class SilenceableProxy : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly List<ProxyConnection> _connections = [];
    private readonly ProxyGate _toServer = new();
    private readonly ProxyGate _toClient = new();
    private readonly Task _accepting;
    private int _accepted;

    /// <param name="server">Where to: scheme, host and port.</param>
    public SilenceableProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        Address = LoopbackPorts.Address(server.Scheme, ((IPEndPoint)_listener.LocalEndpoint).Port);
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Gets how many connections were made through it, open or ended.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Silences all open connections, for good. Connections that are made afterwards work.</summary>
    /// <returns>How many.</returns>
    public int Silence() => Connections().Count(connection => connection.Silence());

    /// <summary>Resets all open connections.</summary>
    public void Reset()
    {
        foreach (var connection in Connections())
            connection.Reset();
    }

    /// <summary>From now on nothing passes in that direction, on new connections neither.</summary>
    public void Hold(ProxyDirection direction) => Gate(direction).Close();

    /// <summary>What was held back arrives, and all that follows.</summary>
    public void Release(ProxyDirection direction) => Gate(direction).Open();

    /// <summary>What comes from the server arrives that much later; zero: at once.</summary>
    public void Slow(TimeSpan by) => _toClient.Delay = by;

    /// <summary>How many bytes went that way so far, TLS and all.</summary>
    public long Bytes(ProxyDirection direction) => Gate(direction).Bytes;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        foreach (var connection in Connections())
            await connection.DisposeAsync();
        _listener.Dispose();
        _closing.Dispose();
    }

    private ProxyGate Gate(ProxyDirection direction) => direction is ProxyDirection.ToServer ? _toServer : _toClient;

    private ProxyConnection[] Connections()
    {
        lock (_lock)
            return [.. _connections];
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_closing.Token);
                Interlocked.Increment(ref _accepted);
                lock (_lock)
                {
                    _connections.RemoveAll(connection => connection.Ended.IsCompleted);
                    _connections.Add(new(client, _server, _toServer, _toClient));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }
}
