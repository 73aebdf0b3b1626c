using System.Net;
using LeaseElection.Testing.Tests.Servers;

namespace LeaseElection.Testing.Tests.Faults;

/// <summary>What a fault does to a request, over HTTP/2 and TLS.</summary>
public class RequestFaultTests : ServerFixture
{
    [Fact]
    public async Task HoldBefore_TakesEffectWhenLetGo()
    {
        var before = Server.ResourceVersion;
        using var hold = Server.Faults.Add(Fault.HoldBefore());
        var answer = Client.CreateAsync("a");
        await hold.UntilHitAsync(cancellationToken: Cancel);
        Assert.Equal(before, Server.ResourceVersion);
        hold.Dispose();

        Assert.Equal(HttpStatusCode.Created, (await answer).StatusCode);
    }

    [Fact]
    public async Task HoldBefore_ClientGivesUp_StillTakesEffectLater()
    {
        var before = Server.ResourceVersion;
        using var hold = Server.Faults.Add(Fault.HoldBefore(), r => r.IsWrite);
        using var patience = new CancellationTokenSource();
        var answer = Client.CreateAsync("a", patience.Token);
        await hold.UntilHitAsync(cancellationToken: Cancel);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(before, Server.ResourceVersion);
        using var watch = await Client.WatchAsync();
        hold.Dispose();

        Assert.Equal("ADDED a", await watch.EventAsync());
    }

    [Fact]
    public async Task HoldAfter_TakesEffectAtOnce()
    {
        using var hold = Server.Faults.Add(Fault.HoldAfter(), r => r.IsWrite);
        var answer = Client.CreateAsync("a");
        await hold.UntilHitAsync(cancellationToken: Cancel);
        using var watch = await Client.WatchAsync();
        Assert.Equal("ADDED a", await watch.EventAsync());
        Assert.False(answer.IsCompleted);
        hold.Dispose();

        Assert.Equal(HttpStatusCode.Created, (await answer).StatusCode);
    }

    [Fact]
    public async Task Reset_FailsTheRequestAndTakesNoEffect()
    {
        var before = Server.ResourceVersion;
        Server.Faults.Add(Fault.Reset(), times: 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.CreateAsync("a"));

        Assert.Equal(before, Server.ResourceVersion);
        Assert.Null(Server.Requests.All[0].StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await Client.CreateAsync("a")).StatusCode);
    }

    [Fact]
    public async Task LoseReply_FailsTheRequestAndTakesEffect()
    {
        Server.Faults.Add(Fault.LoseReply(), times: 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.CreateAsync("a"));

        Assert.Equal(HttpStatusCode.Conflict, (await Client.CreateAsync("a")).StatusCode);
    }

    [Fact]
    public async Task LoseReply_OfARefusal_LosesThatToo()
    {
        using var reader = new RawClient(Server, Server.AddUser("reader", "get"));
        using var lose = Server.Faults.Add(Fault.LoseReply(), r => r.IsWrite);

        await Assert.ThrowsAsync<HttpRequestException>(() => reader.CreateAsync("a"));
        Assert.Equal(1, lose.Hits);
    }

    [Fact]
    public async Task Truncate_OfYaml_SpoilsTheYaml()
    {
        await Client.CreateAsync("a");
        using var truncate = Server.Faults.Add(Fault.Truncate());
        using var answer = await Client.SendAsync(HttpMethod.Get, $"{RawClient.Leases()}/a", null, accept: "application/yaml");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(50)]
    public void Delay_OutOfRange_IsRefused(int days)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.DelayBefore(TimeSpan.FromDays(days)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.DelayAfter(TimeSpan.FromDays(days)));
    }

    [Fact]
    public async Task HoldBefore_ServerDisposed_TakesNoEffect()
    {
        using var hold = Server.Faults.Add(Fault.HoldBefore(), r => r.IsWrite);
        var answer = Client.CreateAsync("a");
        await hold.UntilHitAsync(cancellationToken: Cancel);
        var before = Server.ResourceVersion;
        await Server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        Assert.Equal((before, 0), (Server.ResourceVersion, Server.OpenConnections));
    }

    [Fact]
    public async Task HoldBefore_ClientGone_ItsConnectionIsNotOpen()
    {
        using var hold = Server.Faults.Add(Fault.HoldBefore(), r => r.IsWrite);
        using (var other = new RawClient(Server))
        {
            var answer = other.CreateAsync("a");
            await hold.UntilHitAsync(cancellationToken: Cancel);
            other.Dispose();
            await Assert.ThrowsAnyAsync<Exception>(() => answer);
        }

        while (Server.OpenConnections > 0)
            await Task.Yield();
    }

    [Fact]
    public async Task BlackHole_NeverAnswersAndTakesNoEffect()
    {
        var before = Server.ResourceVersion;
        using var hole = Server.Faults.Add(Fault.BlackHole());
        using var patience = new CancellationTokenSource();
        var answer = Client.CreateAsync("a", patience.Token);
        await hole.UntilHitAsync(cancellationToken: Cancel);
        hole.Dispose();
        // The next request is answered, the swallowed one is not.
        Assert.Equal(HttpStatusCode.Created, (await Client.CreateAsync("c")).StatusCode);
        Assert.False(answer.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(before + 1, Server.ResourceVersion);
    }

    [Fact]
    public async Task BlackHoleAfter_NeverAnswersAndTakesEffect()
    {
        using var hole = Server.Faults.Add(Fault.BlackHoleAfter(), times: 1);
        using var patience = new CancellationTokenSource();
        var answer = Client.CreateAsync("a", patience.Token);
        await hole.UntilHitAsync(cancellationToken: Cancel);
        using var watch = await Client.WatchAsync();
        Assert.Equal("ADDED a", await watch.EventAsync());
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Status_AnswersWithItAndTakesNoEffect()
    {
        var before = Server.ResourceVersion;
        Server.Faults.Add(Fault.Status(429, message: "slow down", retryAfter: TimeSpan.FromSeconds(7)));
        using var answer = await Client.CreateAsync("a");
        var status = await RawClient.JsonAsync(answer);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(
            ("Status", "TooManyRequests", "slow down", 429),
            ((string?)status["kind"], (string?)status["reason"], (string?)status["message"], (int)status["code"]!));
        Assert.Equal(before, Server.ResourceVersion);
        Assert.Equal(429, Server.Requests.All[0].StatusCode);
    }

    [Fact]
    public async Task GarbageAndTruncate_SpoilTheBodyOnly()
    {
        using var garbage = Server.Faults.Add(Fault.Garbage());
        using var first = await Client.CreateAsync("a");
        garbage.Dispose();
        Server.Faults.Add(Fault.Truncate());
        using var second = await Client.CreateAsync("c");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => RawClient.JsonAsync(first));
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => RawClient.JsonAsync(second));
    }

    [Fact]
    public async Task Oversize_IsThatLargeAndStillJson()
    {
        Server.Faults.Add(Fault.Oversize(4_000_000));
        using var answer = await Client.CreateAsync("a");

        Assert.Equal(4_000_000, answer.Content.Headers.ContentLength);
        Assert.Equal("a", (string?)(await RawClient.JsonAsync(answer))["metadata"]!["name"]);
    }

    [Theory]
    [InlineData("HoldAfter")]
    [InlineData("DelayAfter")]
    [InlineData("BlackHoleAfter")]
    public async Task AfterFault_OfAWatch_ItDoesNotBegin(string kind)
    {
        using var fault = Server.Faults.Add(
            kind switch { "HoldAfter" => Fault.HoldAfter(), "DelayAfter" => Fault.DelayAfter(TimeSpan.FromDays(1)), _ => Fault.BlackHoleAfter() },
            r => r.Verb == "watch");
        using var patience = new CancellationTokenSource();
        var opening = Client.GetAsync($"{RawClient.Leases()}?watch=true", patience.Token);
        await fault.UntilHitAsync(cancellationToken: Cancel);
        await Client.CreateAsync("a");

        Assert.Equal((0, (int?)null), (Server.OpenWatches, Server.Requests.All[0].StatusCode));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task HoldAfter_OfAWatch_BeginsWhenLetGo()
    {
        using var hold = Server.Faults.Add(Fault.HoldAfter(), r => r.Verb == "watch");
        var opening = Client.WatchAsync();
        await hold.UntilHitAsync(cancellationToken: Cancel);
        await Client.CreateAsync("a");
        Assert.False(opening.IsCompleted);
        hold.Dispose();
        using var watch = await opening;

        Assert.Equal("ADDED a", await watch.EventAsync());
    }

    [Fact]
    public async Task LoseReply_OfARefusal_FailsTheRequest()
    {
        var user = Server.AddUser("her", "get");
        using var hers = new RawClient(Server, user);
        using var lost = Server.Faults.Add(Fault.LoseReply());
        await Assert.ThrowsAsync<HttpRequestException>(() => hers.CreateAsync("a")); // 403
        // 422
        await Assert.ThrowsAsync<HttpRequestException>(
            () => Client.GetAsync($"{RawClient.Leases()}?watch=true&resourceVersionMatch=Exact"));
        // 406
        await Assert.ThrowsAsync<HttpRequestException>(
            () => Client.SendAsync(HttpMethod.Get, RawClient.Leases(), body: null, accept: "text/html"));
        user.IsRevoked = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => hers.GetAsync("/version")); // 401
        using var status = Server.Faults.Add(Fault.Status(503));
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetAsync("/version"));

        Assert.All(Server.Requests.All, r => Assert.Null(r.StatusCode));
    }

    [Fact]
    public async Task DelayBefore_ServerDisposed_TakesNoEffectAndEnds()
    {
        var time = new ManualTimeProvider();
        await using var server = await LeaseApiServer.StartAsync(new() { TimeProvider = time }, Cancel);
        using var client = new RawClient(server);
        using var delay = server.Faults.Add(Fault.DelayBefore(TimeSpan.FromHours(1)));
        var answer = client.CreateAsync("a");
        await delay.UntilHitAsync(cancellationToken: Cancel);
        var before = server.ResourceVersion;
        await server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        Assert.Equal(0, time.ArmedTimers);
        time.Advance(TimeSpan.FromHours(1));
        while (server.OpenConnections > 0)
            await Task.Yield();
        Assert.Equal(before, server.ResourceVersion);
    }

    [Fact]
    public async Task DelayBefore_ServerTakenDown_StillTakesEffect()
    {
        var time = new ManualTimeProvider();
        await using var server = await LeaseApiServer.StartAsync(new() { TimeProvider = time }, Cancel);
        using var client = new RawClient(server);
        using var delay = server.Faults.Add(Fault.DelayBefore(TimeSpan.FromHours(1)));
        var answer = client.CreateAsync("a");
        await delay.UntilHitAsync(cancellationToken: Cancel);
        var before = server.ResourceVersion;
        await server.TakeDownAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        while (server.ResourceVersion == before)
        {
            time.Advance(TimeSpan.FromHours(1)); // The delay may not have begun yet.
            await Task.Yield();
        }

        Assert.Equal(before + 1, server.ResourceVersion);
    }
}

/// <summary>The same over plain HTTP/1.1, where a reset closes the connection.</summary>
public sealed class PlainRequestFaultTests : RequestFaultTests
{
    private protected override LeaseApiServerOptions Options => new() { UseTls = false };
}
