using System.Net;
using LeaseElection.Testing.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>The server as a whole, or its connections, break.</summary>
public class OutageTests : ServerFixture
{
    [Fact]
    public async Task TakeDown_RefusesConnectionsUntilItIsUpAgainOnTheSamePort()
    {
        await Client.CreateAsync("a");
        using var watch = await Client.WatchAsync();
        Assert.Equal("ADDED a", await watch.EventAsync());
        var address = Server.Address;
        await Server.TakeDownAsync();

        Assert.False(Server.IsUp);
        await Assert.ThrowsAnyAsync<IOException>(watch.EventAsync);
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetAsync("/version"));
        await Server.BringUpAsync(Cancel);
        await Server.BringUpAsync(Cancel);
        Assert.Equal((address, true), (Server.Address, Server.IsUp));
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync($"{RawClient.Leases()}/a")).StatusCode);
    }

    [Fact]
    public async Task TakeDown_ManyReconnects_NeverTalkToThemselves()
    {
        await Server.TakeDownAsync();
        // A port of the ephemeral range that nobody has would sooner or later be given to one of these.
        for (var i = 0; i < 2000; i++)
        {
            using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(
                () => socket.ConnectAsync(IPAddress.Loopback, Server.Address.Port, Cancel).AsTask());
        }
    }

    [Fact]
    public async Task TakeDown_WhileProcessesAreStarted_RefusesAtOnce()
    {
        // Between fork and exec a child has all of its parent's sockets: one that is closed meanwhile goes on listening.
        using var enough = new CancellationTokenSource();
        var starting = Task.Run(
            () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    using var process = System.Diagnostics.Process.Start("true");
                    process.WaitForExit();
                }
            },
            Cancel);
        for (var i = 0; i < 100; i++)
        {
            await Server.TakeDownAsync();
            using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(
                () => socket.ConnectAsync(IPAddress.Loopback, Server.Address.Port, Cancel).AsTask());
            await Server.BringUpAsync(Cancel);
        }

        await enough.CancelAsync();
        await starting;
    }

    [Fact]
    public async Task TakeDown_WhileARequestHangs_DoesNotWaitForIt()
    {
        using var hole = Server.Faults.Add(Fault.BlackHole());
        var answer = Client.GetAsync("/version");
        await hole.UntilHitAsync(cancellationToken: Cancel);
        await Server.TakeDownAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
    }

    [Fact]
    public async Task ResetConnections_FailsOpenRequestsAndNewOnesWork()
    {
        using var hole = Server.Faults.Add(Fault.BlackHole(), times: 1);
        var answer = Client.GetAsync("/version");
        await hole.UntilHitAsync(cancellationToken: Cancel);
        Server.ResetConnections();

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/version")).StatusCode);
    }

    [Fact]
    public async Task BlackHoleConnections_OpenOnesGoSilentAndNewOnesWork()
    {
        using var watch = await Client.WatchAsync();
        Assert.Equal(1, Server.BlackHoleConnections());
        var silence = watch.EventAsync();
        using var other = new RawClient(Server);
        await other.CreateAsync("a");
        using var news = await other.WatchAsync();

        Assert.Equal("ADDED a", await news.EventAsync());
        Assert.False(silence.IsCompleted);
        Assert.Equal(2, Server.OpenConnections);
        Server.ResetConnections();
        await Assert.ThrowsAnyAsync<IOException>(() => silence);
    }

    [Fact]
    public async Task BlackHoleConnections_RequestOnASilentOne_NeverArrives()
    {
        await Client.GetAsync("/version");
        Server.BlackHoleConnections();
        using var patience = new CancellationTokenSource();
        var answer = Client.CreateAsync("a", patience.Token);
        using var other = new RawClient(Server);
        await other.CreateAsync("c");

        Assert.False(answer.IsCompleted);
        Assert.Equal(0, Server.Requests.Count(r => r.Body?.Contains("\"a\"", StringComparison.Ordinal) == true));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task BringUp_ManyAtOnceAndWhileGoingDown_OneListensOrNone()
    {
        for (var i = 0; i < 20; i++)
            await Task.WhenAll(Server.BringUpAsync(Cancel), Server.TakeDownAsync(), Server.BringUpAsync(Cancel));
        await Server.TakeDownAsync();

        Assert.False(Server.IsUp);
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetAsync("/version"));
    }

    [Fact]
    public async Task BringUp_Disposed_IsRefused()
    {
        await Server.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Server.BringUpAsync(Cancel));
    }

    [Fact]
    public async Task Start_OnThePortOfAnotherServer_IsRefused() =>
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(
            () => LeaseApiServer.StartAsync(new() { Port = Server.Address.Port }, Cancel));

    [Fact]
    public async Task Start_OnThePortOfAServerThatIsDown_IsRefused()
    {
        await Server.TakeDownAsync();

        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(
            () => LeaseApiServer.StartAsync(new() { Port = Server.Address.Port }, Cancel));
    }

    [Fact]
    public async Task Start_TooLongBetweenBookmarks_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => LeaseApiServer.StartAsync(new() { BookmarkInterval = TimeSpan.MaxValue }, Cancel));

    [Fact]
    public async Task Dispose_ThenStartOnThatPort_Works()
    {
        var port = Server.Address.Port;
        await Server.DisposeAsync();
        await using var again = await LeaseApiServer.StartAsync(new() { Port = port }, Cancel);

        Assert.Equal(port, again.Address.Port);
    }

    [Fact]
    public async Task Start_TwoAtOnceOnOnePort_OneGetsItAtMost()
    {
        var port = Server.Address.Port;
        await Server.DisposeAsync();
        var servers = await Task.WhenAll(Task.Run(StartAsync), Task.Run(StartAsync));
        foreach (var server in servers.OfType<LeaseApiServer>())
            await server.DisposeAsync();

        Assert.Contains(null, servers);

        async Task<LeaseApiServer?> StartAsync()
        {
            try
            {
                return await LeaseApiServer.StartAsync(new() { Port = port }, Cancel);
            }
            catch (System.Net.Sockets.SocketException)
            {
                return null;
            }
        }
    }

    [Fact]
    public async Task Dispose_Twice_LeavesThePortToItsNextOwner()
    {
        var port = Server.Address.Port;
        await Server.DisposeAsync();
        await using var next = await LeaseApiServer.StartAsync(new() { Port = port }, Cancel);
        await next.TakeDownAsync();
        await Server.DisposeAsync();

        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => LeaseApiServer.StartAsync(new() { Port = port }, Cancel));
    }

    [Fact]
    public void Limits_OfConnectionsThatAreSilent_AreWeeks()
    {
        var limits = new KestrelServerLimits();
        WebServer.Configure(limits);

        // Without end would not do: Kestrel's arithmetic overflows.
        Assert.InRange(limits.KeepAliveTimeout, TimeSpan.FromDays(49), TimeSpan.FromDays(50));
        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromDays(49), TimeSpan.FromDays(50));
        Assert.Equal((null, null), (limits.MinRequestBodyDataRate, limits.MinResponseDataRate));
        Assert.Equal(TimeSpan.MaxValue, limits.Http2.KeepAlivePingDelay);
    }
}

/// <summary>The same over plain HTTP/1.1.</summary>
public sealed class PlainOutageTests : OutageTests
{
    private protected override LeaseApiServerOptions Options => new() { UseTls = false };
}
