using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Threading.Channels;

namespace LeaseElection.TestKit;

/// <summary>
/// One connection through a proxy. What it has received it keeps until it may pass it on, as a network that sends again would.
/// </summary>
internal sealed class ProxyConnection : IAsyncDisposable
{
    private readonly Socket _client;
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _closing = new();
    private volatile bool _silent;

    public ProxyConnection(Socket client, Uri server, ProxyGate toServer, ProxyGate toClient)
    {
        _client = client;
        _client.NoDelay = true;
        Ended = RunAsync(server, toServer, toClient);
    }

    public Task Ended { get; }

    /// <summary>Nothing passes any more, for good, and neither end is told.</summary>
    /// <returns>Whether anything could pass before.</returns>
    public bool Silence()
    {
        var open = !_silent && !Ended.IsCompleted;
        _silent = true;
        return open;
    }

    /// <summary>Both ends are told at once, by a reset.</summary>
    public void Reset()
    {
        _client.Close(timeout: 0);
        _server.Close(timeout: 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        Close();
        await Ended;
        _closing.Dispose();
    }

    private async Task RunAsync(Uri server, ProxyGate toServer, ProxyGate toClient)
    {
        try
        {
            await toServer.WhenOpenAsync(_closing.Token);
            await _server.ConnectAsync(server.Host, server.Port, _closing.Token);
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            // Nobody there: the client is told in the same way.
            Reset();
            return;
        }

        await Task.WhenAll(PassAsync(_client, _server, toServer), PassAsync(_server, _client, toClient));
    }

    private async Task PassAsync(Socket from, Socket to, ProxyGate gate)
    {
        var underWay = Channel.CreateUnbounded<(long Received, TimeSpan Delay, byte[] Bytes)>();
        var sending = SendAsync(underWay.Reader, to, gate);
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                gate.Count(count);
                underWay.Writer.TryWrite((TimeProvider.System.GetTimestamp(), gate.Delay, buffer[..count]));
            }
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            // One end is gone; the other is told when what came before has arrived.
        }

        underWay.Writer.Complete();
        await sending;
    }

    [SuppressMessage(
        "Reliability", "CA2016:Forward the CancellationToken", Justification = "what was received is sent; closing closes the socket")]
    private async Task SendAsync(ChannelReader<(long Received, TimeSpan Delay, byte[] Bytes)> underWay, Socket to, ProxyGate gate)
    {
        try
        {
            await foreach (var (received, delay, bytes) in underWay.ReadAllAsync(_closing.Token))
            {
                var left = delay - TimeProvider.System.GetElapsedTime(received);
                if (left > TimeSpan.Zero)
                    await Task.Delay(left, TimeProvider.System, _closing.Token);
                await gate.WhenOpenAsync(_closing.Token);
                if (!_silent)
                    await to.SendAsync(bytes);
            }

            await gate.WhenOpenAsync(_closing.Token); // An end is no more heard of than anything else.
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            // Told below, unless the connection is silent.
        }

        if (!_silent)
            Close();
    }

    private static bool IsTheEnd(Exception e) => e is SocketException or ObjectDisposedException or OperationCanceledException;

    private void Close()
    {
        _client.Dispose();
        _server.Dispose();
    }
}
