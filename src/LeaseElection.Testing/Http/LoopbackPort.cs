using System.Net;
using System.Net.Sockets;

namespace LeaseElection.Testing.Http;

/// <summary>
/// A TCP port on 127.0.0.1 that stays ours while nobody listens on it. Without that, a client that tries to reconnect to a free port of
/// the ephemeral range can be given this very port as its own, and then talks to itself.
/// </summary>
internal sealed class LoopbackPort : IDisposable
{
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
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        if (!OperatingSystem.IsWindows())
            return new(socket, port); // Bound, never listening: connections are refused.
        socket.Dispose(); // There, two sockets on one port take each other's connections.
        return new(null, port);
    }

    /// <summary>A socket that may listen on the port.</summary>
    public Socket BindListener() => Bind(new(IPAddress.Loopback, Number), shared: true);

    public void Dispose() => _placeholder?.Dispose();

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
