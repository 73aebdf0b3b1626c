using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>Clients that send too much, too slowly, or nonsense, and thousands that just wait.</summary>
public sealed class BadClientTests : ServerFixture
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_TooLarge_Is413AndTheServerGoesOn(bool declared)
    {
        var body = new byte[(3 * 1024 * 1024) + 1];
        body.AsSpan().Fill((byte)' ');
        using var stream = new MemoryStream(body);
        try
        {
            using var answer = await Client.SendStreamAsync(RawClient.Leases(), declared ? stream : new Undeclared(stream), Cancel);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // Refused before all of it was sent: the client may hear of the refusal, or of the end of its stream.
        }

        Assert.Equal(413, Server.Requests.All[0].StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await Client.CreateAsync("a")).StatusCode);
    }

    [Fact]
    public async Task Body_ThatNeverEnds_HoldsUpNobodyElse()
    {
        using var patience = new CancellationTokenSource();
        var slow = Enumerable.Range(0, 50).Select(_ => Client.SendStreamAsync(RawClient.Leases(), new Endless(), patience.Token, expectContinue: true)).ToList();
        await Server.Requests.UntilAsync(r => r.Verb == "create", 50, Cancel);

        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/version")).StatusCode);
        await patience.CancelAsync();
        foreach (var one in slow)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("PUT /apis HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0000")]
    public async Task Connection_ThatSpeaksNoHttp_EndsAndTheServerGoesOn(string sent)
    {
        await using var server = await LeaseApiServer.StartAsync(new() { UseTls = false }, Cancel);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancel);
        await socket.SendAsync(Encoding.Latin1.GetBytes(sent), SocketFlags.None, Cancel);
        socket.Shutdown(SocketShutdown.Send);
        var answer = new byte[4096];
        while (await socket.ReceiveAsync(answer, SocketFlags.None, Cancel) > 0)
        {
            // Whatever it says, it must come to an end.
        }

        using var client = new RawClient(server);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/version")).StatusCode);
    }

    [Fact]
    public async Task Watches_TwoThousandIdle_TakeLittleMemoryAndLeaveNothing()
    {
        const int Count = 2000;
        await WatchAsync(20); // What is needed once is not what is measured.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = await WatchAsync(Count);

        Assert.InRange(peak - before, 0, 200_000_000);
        while (Server.OpenWatches > 0 || Server.OpenConnections > 0)
            await Task.Yield();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000);

        async Task<long> WatchAsync(int count)
        {
            using var client = new RawClient(Server);
            var watches = new List<RawWatch>(count);
            for (var i = 0; i < count; i++)
                watches.Add(await client.WatchAsync($"&fieldSelector=metadata.name%3Dw{i}"));
            Assert.Equal(count, Server.OpenWatches);
            var memory = GC.GetTotalMemory(forceFullCollection: true);
            watches.ForEach(w => w.Dispose());
            return memory;
        }
    }

    private sealed class Undeclared(Stream inner) : DelegatingStream(inner)
    {
        public override bool CanSeek => false;
    }

    /// <summary>Begins, and never goes on. (A client may keep the headers to itself until there is a first byte.)</summary>
    private sealed class Endless : DelegatingStream
    {
        private bool _begun;

        public Endless()
            : base(Null)
        {
        }

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            _begun = true;
            buffer.Span[0] = (byte)'{';
            return 1;
        }
    }
}
