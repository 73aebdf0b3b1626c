using System.Net;
using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>Watches that say whether they begin with what there is: how newer clients list.</summary>
public sealed class InitialEventsTests : ServerFixture
{
    private const string Query = "&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&sendInitialEvents=";

    [Fact]
    public async Task Watch_ThatWantsInitialEvents_GetsThemAndThenABookmarkThatSaysSo()
    {
        await Client.CreateAsync("a");
        await Client.CreateAsync("b");

        using var watch = await Client.WatchAsync(Query + "true");

        Assert.Equal("ADDED a", await watch.EventAsync());
        Assert.Equal("ADDED b", await watch.EventAsync());
        var bookmark = JsonNode.Parse((await watch.LineAsync())!)!;
        Assert.Equal("BOOKMARK", (string?)bookmark["type"]);
        Assert.Equal("true", (string?)bookmark["object"]!["metadata"]!["annotations"]!["k8s.io/initial-events-end"]);
        await Client.CreateAsync("c");
        Assert.Equal("ADDED c", await watch.EventAsync());
    }

    [Fact]
    public async Task Watch_ThatWantsNoInitialEvents_GetsOnlyWhatIsNew()
    {
        await Client.CreateAsync("a");

        using var watch = await Client.WatchAsync(Query + "false");

        await Client.CreateAsync("b");
        Assert.Equal("ADDED b", await watch.EventAsync());
    }

    [Theory]
    [InlineData("?watch=true&sendInitialEvents=true", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]
    [InlineData("?sendInitialEvents=true", "sendInitialEvents is forbidden for list")]
    public async Task Request_ThatMayNotSayIt_IsRefused(string query, string why)
    {
        using var answer = await Client.GetAsync(RawClient.Leases() + query);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(why, (string?)(await RawClient.JsonAsync(answer))["message"], StringComparison.Ordinal);
    }
}
