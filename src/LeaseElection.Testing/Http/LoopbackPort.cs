using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LeaseElection.Testing.Http;

/// <summary>
/// A TCP port on 127.0.0.1 that stays ours while nobody listens on it. Without that, a client that tries to reconnect to a free port of
/// the ephemeral range can be given this very port as its own, and then talks to itself.
/// </summary>
internal sealed class LoopbackPort : IDisposable
{
    // A socket that is bound but does not listen keeps nobody out who shares ports, as our own servers do.
    private static readonly ConcurrentDictionary<int, LoopbackPort> Held = new();

    private readonly Socket? _placeholder;

    private LoopbackPort(Socket? placeholder, int number)
    {
        _placeholder = placeholder;
        Number = number;
    }

    public int Number { get; }

    public static LoopbackPort Take(int wanted)
    {
        // Sockets that share ports share them with any other that does: another server of ours would get half of our connections.
        if (wanted != 0)
            Bind(new(IPAddress.Loopback, wanted), shared: false).Dispose();

        var socket = Bind(new(IPAddress.Loopback, wanted), shared: true);
        var number = ((IPEndPoint)socket.LocalEndPoint!).Port;
        // Bound, never listening: connections are refused.
        var port = new LoopbackPort(OperatingSystem.IsWindows() ? null : socket, number);
        if (OperatingSystem.IsWindows())
            socket.Dispose(); // There, two sockets on one port take each other's connections.
        if (Held.TryAdd(number, port))
            return port;
        socket.Dispose();
        throw new SocketException((int)SocketError.AddressAlreadyInUse);
    }

    /// <summary>A socket that may listen on the port.</summary>
    public Socket BindListener() => Bind(new(IPAddress.Loopback, Number), shared: true);

    public void Dispose()
    {
        _placeholder?.Dispose();
        Held.TryRemove(KeyValuePair.Create(Number, this));
    }

    private static Socket Bind(IPEndPoint endpoint, bool shared)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (shared && !OperatingSystem.IsWindows())
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
