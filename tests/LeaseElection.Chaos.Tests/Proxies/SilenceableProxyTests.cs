using System.Net;
using System.Net.Sockets;

namespace LeaseElection.Chaos.Tests.Proxies;

/// <summary>The proxy does what the nemesis says it does.</summary>
public sealed class SilenceableProxyTests : IAsyncDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly SilenceableProxy _proxy;

    public SilenceableProxyTests()
    {
        _server.Start();
        _proxy = new(new($"http://127.0.0.1:{((IPEndPoint)_server.LocalEndpoint).Port}"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [Theory]
    [InlineData(ProxyDirection.ToServer)]
    [InlineData(ProxyDirection.ToClient)]
    public async Task Hold_OneDirection_ArrivesOnceReleasedAndTheOtherPasses(ProxyDirection direction)
    {
        var (client, server) = await ConnectAsync();
        var (from, to) = direction is ProxyDirection.ToServer ? (client, server) : (server, client);

        _proxy.Hold(direction);
        await from.SendAsync("late"u8.ToArray(), Cancellation);
        await to.SendAsync("now"u8.ToArray(), Cancellation);
        Assert.Equal("now", await ReadAsync(from));
        Assert.Equal(0, to.Available);
        _proxy.Release(direction);

        Assert.Equal("late", await ReadAsync(to));
    }

    [Fact]
    public async Task Hold_EndOfTheServer_IsNotHeardOf()
    {
        var (client, server) = await ConnectAsync();

        _proxy.Hold(ProxyDirection.ToClient);
        server.Dispose();
        var heard = ReadAsync(client);
        // Whatever another connection does meanwhile.
        var (another, serverOfIt) = await ConnectAsync();
        await another.SendAsync("hello"u8.ToArray(), Cancellation);
        await ReadAsync(serverOfIt);
        Assert.False(heard.IsCompleted);
        _proxy.Release(ProxyDirection.ToClient);

        Assert.Equal("", await heard.ContinueWith(Told, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default));

        // An end or a reset: a socket that is closed while something waits for it is reset.
        static string Told(Task<string> read) =>
            read.Exception?.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset } ? "" : read.Result;
    }

    [Fact]
    public async Task Slow_Answer_ComesThatMuchLater()
    {
        var (client, server) = await ConnectAsync();
        var delay = TimeSpan.FromMilliseconds(200);

        _proxy.Slow(delay);
        var sent = TimeProvider.System.GetTimestamp();
        await server.SendAsync("slow"u8.ToArray(), Cancellation);

        Assert.Equal("slow", await ReadAsync(client));
        Assert.True(TimeProvider.System.GetElapsedTime(sent) >= delay);
    }

    [Fact]
    public async Task Reset_OpenConnection_IsResetAndANewOneWorks()
    {
        var (client, _) = await ConnectAsync();

        _proxy.Reset();

        var error = await Assert.ThrowsAsync<SocketException>(() => ReadAsync(client));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        var (next, server) = await ConnectAsync();
        await server.SendAsync("hello"u8.ToArray(), Cancellation);
        Assert.Equal("hello", await ReadAsync(next));
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var buffer = new byte[100];
        return System.Text.Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Cancellation));
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_proxy.Address.Host, _proxy.Address.Port, Cancellation);
        return (client, await _server.AcceptSocketAsync(Cancellation));
    }
}
