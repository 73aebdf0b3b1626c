using System.Text.Json.Nodes;
using LeaseElection.Testing.Tests.Servers;

namespace LeaseElection.Testing.Tests.Faults;

/// <summary>What a fault does to a watch: one that is open already, and one that begins later.</summary>
public sealed class WatchFaultTests : ServerFixture
{
    [Fact]
    public async Task StallWatch_TellsNothingMoreAndOtherWatchesDo()
    {
        using var stalled = await Client.WatchAsync();
        using var stall = Server.Faults.Add(Fault.StallWatch(), times: 1);
        await stall.UntilHitAsync(cancellationToken: Cancel);
        using var other = await Client.WatchAsync();
        await Client.CreateAsync("a");
        var silence = stalled.EventAsync();

        Assert.Equal("ADDED a", await other.EventAsync());
        Assert.False(silence.IsCompleted);
        await Server.TakeDownAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => silence);
    }

    [Fact]
    public async Task EndWatch_EndsOpenOnesAndNewOnes()
    {
        using var open = await Client.WatchAsync();
        Server.Faults.Add(Fault.EndWatch(), times: 2);
        Assert.Null(await open.LineAsync());
        using var next = await Client.WatchAsync();
        Assert.Null(await next.LineAsync());
        using var last = await Client.WatchAsync();
        await Client.CreateAsync("a");

        Assert.Equal("ADDED a", await last.EventAsync());
    }

    [Fact]
    public async Task ExpireWatch_Says410AndEnds()
    {
        using var watch = await Client.WatchAsync();
        Server.Faults.Add(Fault.ExpireWatch());
        var line = JsonNode.Parse((await watch.LineAsync())!)!;

        Assert.Equal(("ERROR", 410, "Expired"), ((string?)line["type"], (int)line["object"]!["code"]!, (string?)line["object"]!["reason"]));
        Assert.Null(await watch.LineAsync());
    }

    [Fact]
    public async Task DuplicateEvents_ComeTwice()
    {
        using var watch = await Client.WatchAsync();
        Server.Faults.Add(Fault.DuplicateEvents(), times: 1);
        await Client.CreateAsync("a");
        await Client.CreateAsync("c");

        Assert.Equal(["ADDED a", "ADDED a", "ADDED c"], [await watch.EventAsync(), await watch.EventAsync(), await watch.EventAsync()]);
    }

    [Fact]
    public async Task ReorderEvents_TheLaterComesFirst()
    {
        using var watch = await Client.WatchAsync();
        Server.Faults.Add(Fault.ReorderEvents(), times: 1);
        await Client.CreateAsync("a");
        await Client.LabelAsync("a", "1");
        await Client.LabelAsync("a", "2");

        Assert.Equal(
            ["MODIFIED a/1", "ADDED a", "MODIFIED a/2"], [await watch.EventAsync(), await watch.EventAsync(), await watch.EventAsync()]);
    }

    [Fact]
    public async Task ReorderEvents_Ended_WhatItHeldIsTold()
    {
        using var watch = await Client.WatchAsync();
        var reorder = Server.Faults.Add(Fault.ReorderEvents());
        await Client.CreateAsync("a");
        await reorder.UntilHitAsync(cancellationToken: Cancel);
        reorder.Dispose();

        Assert.Equal("ADDED a", await watch.EventAsync());
    }

    [Fact]
    public async Task ReorderEvents_WatchEnds_WhatItHeldIsToldFirst()
    {
        using var watch = await Client.WatchAsync($"&timeoutSeconds=1&resourceVersion={Server.ResourceVersion}");
        using var reorder = Server.Faults.Add(Fault.ReorderEvents());
        await Client.CreateAsync("a");

        Assert.Equal("ADDED a", await watch.EventAsync());
        Assert.Null(await watch.LineAsync());
    }

    [Fact]
    public async Task EventFaults_InCompany_AllAct()
    {
        using var watch = await Client.WatchAsync();
        using var duplicate = Server.Faults.Add(Fault.DuplicateEvents());
        using var reorder = Server.Faults.Add(Fault.ReorderEvents());
        await Client.CreateAsync("a");
        await Client.CreateAsync("b");

        Assert.Equal(
            ["ADDED b", "ADDED b", "ADDED a", "ADDED a"],
            [await watch.EventAsync(), await watch.EventAsync(), await watch.EventAsync(), await watch.EventAsync()]);
    }

    [Fact]
    public async Task LoseReply_OfAWatch_ResetsIt()
    {
        using var lose = Server.Faults.Add(Fault.LoseReply(), times: 1);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Client.WatchAsync());
        Assert.Equal(1, lose.Hits);
    }

    [Fact]
    public async Task Garbage_DoesNotHitWatches()
    {
        using var garbage = Server.Faults.Add(Fault.Garbage(), times: 1);
        using var watch = await Client.WatchAsync();

        Assert.Equal(0, garbage.Hits);
    }

    [Fact]
    public async Task GarbageEvents_AreNoJsonAndTheEventFollows()
    {
        using var watch = await Client.WatchAsync();
        Server.Faults.Add(Fault.GarbageEvents(), times: 1);
        await Client.CreateAsync("a");

        var garbage = await watch.LineAsync();

        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(garbage!));
        Assert.Equal("ADDED a", await watch.EventAsync());
    }

    [Fact]
    public async Task ReorderEvents_Bookmark_ComesAfterWhatItHeldBack()
    {
        var time = new ManualTimeProvider();
        await using var server = await LeaseApiServer.StartAsync(
            new() { TimeProvider = time, BookmarkInterval = TimeSpan.FromSeconds(10) }, Cancel);
        using var client = new RawClient(server);
        using var watch = await client.WatchAsync("&allowWatchBookmarks=true");
        using var reorder = server.Faults.Add(Fault.ReorderEvents());
        await client.CreateAsync("a");
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["ADDED a", "BOOKMARK "], [await watch.EventAsync(), await watch.EventAsync()]);
    }

    [Theory]
    [InlineData("time")]
    [InlineData("fault")]
    [InlineData("restore")]
    public async Task ReorderEvents_WatchEnds_TellsWhatItHeldBackFirst(string end)
    {
        var time = new ManualTimeProvider();
        await using var server = await LeaseApiServer.StartAsync(new() { TimeProvider = time }, Cancel);
        using var client = new RawClient(server);
        using var watch = await client.WatchAsync("&timeoutSeconds=20");
        using var reorder = server.Faults.Add(Fault.ReorderEvents());
        await client.CreateAsync("a");
        await reorder.UntilHitAsync(cancellationToken: Cancel);
        if (end == "time")
            time.Advance(TimeSpan.FromSeconds(20));
        else if (end == "fault")
            server.Faults.Add(Fault.EndWatch());
        else
            server.Restore(server.TakeSnapshot());

        Assert.Equal(["ADDED a", null], [await watch.EventAsync(), await watch.EventAsync()]);
    }
}
