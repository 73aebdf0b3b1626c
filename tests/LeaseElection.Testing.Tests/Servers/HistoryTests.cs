using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>Versions, watches that look back, compaction, backups.</summary>
public sealed class HistoryTests : ServerFixture
{
    private protected override LeaseApiServerOptions Options => new() { HistoryLength = 3 };

    [Fact]
    public async Task Watch_FromAVersionToCome_TellsWhatIsNewerOnly()
    {
        using var watch = await Client.WatchAsync($"&resourceVersion={Server.ResourceVersion + 2}");
        await Client.CreateAsync("a");
        await Client.CreateAsync("b");
        await Client.CreateAsync("c");

        Assert.Equal("ADDED c", await watch.EventAsync());
    }

    [Theory]
    [InlineData("5000000")]
    [InlineData("2147483647")]
    public async Task Watch_ForYears_IsAWatch(string seconds)
    {
        using var watch = await Client.WatchAsync("&timeoutSeconds=" + seconds);
        await Client.CreateAsync("a");

        Assert.Equal("ADDED a", await watch.EventAsync());
    }

    [Fact]
    public async Task Watch_FromAVersion_TellsWhatCameAfterIt()
    {
        await Client.CreateAsync("a");
        var version = Server.ResourceVersion;
        await Client.LabelAsync("a", "1");
        await Client.CreateAsync("c");
        using var watch = await Client.WatchAsync($"&resourceVersion={version}");

        Assert.Equal(["MODIFIED a/1", "ADDED c"], [await watch.EventAsync(), await watch.EventAsync()]);
    }

    [Fact]
    public async Task Watch_FromBeforeTheHistory_Is410()
    {
        var version = Server.ResourceVersion;
        foreach (var name in (string[])["a", "c", "d", "e"])
            await Client.CreateAsync(name);
        using var tooOld = await Client.WatchAsync($"&resourceVersion={version}");
        using var justRight = await Client.WatchAsync($"&resourceVersion={version + 1}");

        Assert.Equal(410, (int)JsonNode.Parse((await tooOld.LineAsync())!)!["object"]!["code"]!);
        Assert.Equal("ADDED c", await justRight.EventAsync());
    }

    [Fact]
    public async Task Compact_WatchFromBefore_Is410AndOpenOnesGoOn()
    {
        var version = Server.ResourceVersion;
        await Client.CreateAsync("a");
        using var open = await Client.WatchAsync($"&resourceVersion={version}");
        Assert.Equal("ADDED a", await open.EventAsync());
        Server.Compact();
        using var late = await Client.WatchAsync($"&resourceVersion={version}");
        await Client.CreateAsync("c");

        Assert.Equal(410, (int)JsonNode.Parse((await late.LineAsync())!)!["object"]!["code"]!);
        Assert.Equal("ADDED c", await open.EventAsync());
    }

    [Fact]
    public async Task Restore_GoesBackAndEndsWatches()
    {
        await Client.CreateAsync("a");
        var backup = Server.TakeSnapshot();
        await Client.LabelAsync("a", "1");
        await Client.CreateAsync("c");
        using var watch = await Client.WatchAsync($"&resourceVersion={Server.ResourceVersion}");
        Server.Restore(backup);

        Assert.Null(await watch.LineAsync());
        Assert.Equal(backup.ResourceVersion, Server.ResourceVersion);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync($"{RawClient.Leases()}/c")).StatusCode);
        var a = await RawClient.JsonAsync(await Client.GetAsync($"{RawClient.Leases()}/a"));
        Assert.Null(a["metadata"]!["labels"]);
    }

    [Fact]
    public async Task Bookmarks_ComeOnTheServersClockToThoseWhoAsked()
    {
        var time = new ManualTimeProvider();
        await using var server = await LeaseApiServer.StartAsync(
            new() { TimeProvider = time, BookmarkInterval = TimeSpan.FromSeconds(10) }, Cancel);
        using var client = new RawClient(server);
        using var asked = await client.WatchAsync("&allowWatchBookmarks=true");
        using var other = await client.WatchAsync("&timeoutSeconds=20");
        time.Advance(TimeSpan.FromSeconds(10));
        var line = JsonNode.Parse((await asked.LineAsync())!)!;
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("BOOKMARK", (string?)line["type"]);
        Assert.Equal(server.ResourceVersion, long.Parse((string)line["object"]!["metadata"]!["resourceVersion"]!, null));
        Assert.Null(await other.LineAsync());
    }

    [Fact]
    public async Task Bookmarks_OfAVersionThatTheWatchKnows_AreNotTold()
    {
        var time = new ManualTimeProvider();
        await using var server = await LeaseApiServer.StartAsync(
            new() { TimeProvider = time, BookmarkInterval = TimeSpan.FromSeconds(10) }, Cancel);
        using var client = new RawClient(server);
        using var watch = await client.WatchAsync($"&allowWatchBookmarks=true&resourceVersion={server.ResourceVersion + 1}");
        await client.CreateAsync("a");
        time.Advance(TimeSpan.FromSeconds(10));
        await client.CreateAsync("c");

        Assert.Equal("ADDED c", await watch.EventAsync());
    }

    [Fact]
    public async Task Bookmarks_WhileOthersWrite_ComeAfterWhatTheyCover()
    {
        const int Writes = 5000;
        var store = new LeaseStore(
            1, new(100, ImmutableSortedDictionary<LeaseKey, StoredLease>.Empty, ImmutableSortedDictionary<string, StoredNamespace>.Empty));
        // Watches that are told before ours, and hear nothing: so a change takes its time from the new version to our event.
        for (var i = 0; i < 1000; i++)
            store.Subscribe(long.MaxValue, static _ => true);
        using var watch = store.Subscribe(100, static _ => true);
        var key = new LeaseKey("default", "a");
        var writing = Task.Run(Write, Cancel);
        var told = 100L;
        while (told < 100 + Writes)
        {
            store.PostBookmark(watch);
            while (watch.Items.TryRead(out var item))
            {
                Assert.True(item.Version >= told + (item.Kind == WatchItemKind.Event ? 1 : 0), $"{item.Kind} {item.Version} after {told}");
                told = item.Version;
            }

            if (watch.Items.Completion.IsCompleted)
                break; // So slow that it was cut off; until then the order was right.
        }

        await writing;

        void Write()
        {
            for (var i = 0; i < Writes; i++)
                store.Change(key, (_, _, version) => new(key, "uid", version, FrozenDictionary<string, string>.Empty, []));
        }
    }
}
