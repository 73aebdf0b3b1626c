using System.Net;
using LeaseElection.Testing.Tests.Servers;

namespace LeaseElection.Testing.Tests.Faults;

/// <summary>Which requests a fault hits, and how often.</summary>
public sealed class FaultRuleTests : ServerFixture
{
    [Fact]
    public async Task Times_AreCountedAndThenItIsOver()
    {
        using var fault = Server.Faults.Add(Fault.Status(503), times: 2);
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
            codes.Add((await Client.GetAsync("/version")).StatusCode);

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], codes);
        Assert.Equal(2, fault.Hits);
    }

    [Fact]
    public async Task When_ChoosesByUserVerbAndName()
    {
        using var hers = new RawClient(Server, Server.AddUser("her", "get", "create"));
        Server.Faults.Add(Fault.Status(500), r => r is { User: "her", Verb: "get", Name: "a", Namespace: "default" });
        await hers.CreateAsync("a");

        Assert.Equal(HttpStatusCode.InternalServerError, (await hers.GetAsync($"{RawClient.Leases()}/a")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync($"{RawClient.Leases()}/c")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync($"{RawClient.Leases()}/a")).StatusCode);
    }

    [Fact]
    public async Task Dispose_AndClear_EndFaults()
    {
        var first = Server.Faults.Add(Fault.Status(500));
        first.Dispose();
        first.Dispose();
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/version")).StatusCode);
        Server.Faults.Add(Fault.Status(500));
        Server.Faults.Clear();

        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/version")).StatusCode);
    }

    [Fact]
    public async Task Seeded_SameSeedSameRequests_SameFaults()
    {
        var first = await CodesAsync(seed: 7);
        var second = await CodesAsync(seed: 7);
        var other = await CodesAsync(seed: 8);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Equal([200, 429, 503], first.Distinct().Order());
    }

    [Fact]
    public async Task Delay_PassesOnTheServersClock()
    {
        var time = new ManualTimeProvider();
        await using var server = await LeaseApiServer.StartAsync(new() { TimeProvider = time }, Cancel);
        using var client = new RawClient(server);
        using var before = server.Faults.Add(Fault.DelayBefore(TimeSpan.FromHours(1)));
        using var after = server.Faults.Add(Fault.DelayAfter(TimeSpan.FromHours(2)));
        var started = time.GetTimestamp();
        var answer = client.GetAsync("/version");
        await after.UntilHitAsync(cancellationToken: Cancel);
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(30));
            await Task.Yield();
        }

        // The clock has an odd frequency: three hours can be a tick short of them.
        Assert.InRange(time.GetElapsedTime(started), TimeSpan.FromHours(3) - TimeSpan.FromMilliseconds(1), TimeSpan.MaxValue);
        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
    }

    [Fact]
    public async Task When_Throws_TheHandleSaysSo()
    {
        using var fault = Server.Faults.Add(Fault.Reset(), _ => throw new NotSupportedException("of the test"));
        using var answer = await Client.GetAsync("/version");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => fault.UntilHitAsync(cancellationToken: Cancel));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.IsType<NotSupportedException>(error.InnerException);
        Assert.Equal(0, fault.Hits);
    }

    [Fact]
    public async Task When_ThrowsOnAnOpenWatch_TheHandleSaysSo()
    {
        using var watch = await Client.WatchAsync();
        using var fault = Server.Faults.Add(Fault.EndWatch(), _ => throw new NotSupportedException("of the test"));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => fault.UntilHitAsync(cancellationToken: Cancel));

        Assert.IsType<NotSupportedException>(error.InnerException);
        await Assert.ThrowsAnyAsync<IOException>(watch.LineAsync);
    }

    private async Task<List<int>> CodesAsync(int seed)
    {
        using var faults = Server.Faults.AddSeeded(seed, 0.5, [Fault.Status(429), Fault.Status(503)]);
        var codes = new List<int>();
        for (var i = 0; i < 40; i++)
            codes.Add((int)(await Client.GetAsync("/version")).StatusCode);
        return codes;
    }
}
