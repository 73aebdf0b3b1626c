using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace LeaseElection.Testing.Http.Connections;

/// <summary>One TCP connection that can be reset, or go silent as if its packets were dropped.</summary>
internal sealed class TrackedConnection
{
    private readonly ConnectionContext _connection;
    private readonly IDuplexPipe _transport;
    private readonly CancellationTokenRegistration _closing;
    private readonly BlackHoleSwitch _hole = new();

    public TrackedConnection(ConnectionContext connection)
    {
        _connection = connection;
        _transport = connection.Transport;
        connection.Transport = new SilencedPipe(new SilencedReader(_transport.Input, _hole), new SilencedWriter(_transport.Output, _hole));
        _closing = connection.ConnectionClosed.Register(static hole => ((BlackHoleSwitch)hole!).Close(), _hole);
    }

    /// <summary>From now on nothing is read or sent, and the connection stays open until the client gives it up.</summary>
    public void BlackHole() => _hole.Open();

    public void Reset()
    {
        _hole.Close();
        // Lingering for no time at all makes closing a reset.
        if (_connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            try
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException)
            {
                // Closed already.
            }
        }

        _connection.Abort(new ConnectionAbortedException("reset by the test"));
    }

    /// <summary>The connection is over; the server goes on with its own pipe to close it.</summary>
    public void Restore()
    {
        _closing.Dispose();
        _connection.Transport = _transport;
    }

    private sealed class SilencedPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
