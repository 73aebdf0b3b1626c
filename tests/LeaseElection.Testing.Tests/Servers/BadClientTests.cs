using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>Clients that send too much, too slowly, or nonsense.</summary>
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
        // Bare sockets: a client of its own keeps the headers to itself until there is more to send.
        await using var server = await LeaseApiServer.StartAsync(new() { UseTls = false }, Cancel);
        var begun = Encoding.ASCII.GetBytes($"POST {RawClient.Leases()} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{{");
        var slow = Enumerable.Range(0, 50).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToList();
        foreach (var socket in slow)
        {
            await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancel);
            await socket.SendAsync(begun, SocketFlags.None, Cancel);
        }

        await server.Requests.UntilAsync(r => r.Verb == "create", 50, Cancel);
        using var client = new RawClient(server);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/version")).StatusCode);
        Assert.Equal(0, server.Requests.Count(r => r.Verb == "create" && r.StatusCode is not null));
        slow.ForEach(s => s.Dispose());
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

    private sealed class Undeclared(Stream inner) : DelegatingStream(inner)
    {
        public override bool CanSeek => false;
    }
}
