using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace LeaseElection.Testing.Http.Connections;

/// <summary>The open connections of a server, beneath TLS, and what can be done to them.</summary>
internal sealed class ConnectionRegistry
{
    private readonly ConcurrentDictionary<string, TrackedConnection> _open = new();

    public int Count => _open.Count;

    /// <summary>Runs a connection, and knows it meanwhile.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var tracked = new TrackedConnection(connection);
        _open[connection.ConnectionId] = tracked;
        // A client that has gone is gone, though a request of its is still held.
        using var closed = connection.ConnectionClosed.Register(() => _open.TryRemove(connection.ConnectionId, out _));
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            _open.TryRemove(connection.ConnectionId, out _);
            tracked.Restore();
        }
    }

    public void ResetAll()
    {
        foreach (var connection in _open.Values)
            connection.Reset();
    }

    public int BlackHoleAll()
    {
        var connections = _open.Values;
        foreach (var connection in connections)
            connection.BlackHole();
        return connections.Count;
    }
}
