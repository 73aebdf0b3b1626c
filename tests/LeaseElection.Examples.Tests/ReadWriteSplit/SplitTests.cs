using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ReadWriteSplit;

namespace LeaseElection.Examples.Tests.ReadWriteSplit;

/// <summary>Two replicas of the example: the leader takes commands, both answer queries, and the other takes over.</summary>
public sealed class SplitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_WorkOnTheLeaderAlone_QueriesEverywhere()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        await using var leader = await StartAsync(server);
        var election = leader.Services.GetRequiredService<ILeaderElection>();
        var term = await election.WaitForLeadershipAsync(Cancel);
        await using var standby = await StartAsync(server);
        var other = standby.Services.GetRequiredService<ILeaderElection>();
        await foreach (var change in other.WatchAsync(Cancel))
        {
            if (change.LeaderIdentity == election.Identity)
                break;
        }

        using var toLeader = Client(leader);
        using var toStandby = Client(standby);
        var accepted = await toLeader.PostAsJsonAsync("/orders", new { Item = "tea" }, Cancel);
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
        Assert.Equal(term.FencingToken, (long?)(await accepted.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["fencingToken"]);
        var refused = await toStandby.PostAsJsonAsync("/orders", new { Item = "milk" }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var problem = (await refused.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        Assert.Equal((election.Identity, "http://orders-write"), ((string?)problem["leader"], (string?)problem["address"]));
        Assert.Equal("tea", (string?)Assert.Single((await toLeader.GetFromJsonAsync<JsonArray>("/orders", Cancel))!)!["item"]);
        Assert.Empty((await toStandby.GetFromJsonAsync<JsonArray>("/orders", Cancel))!); // Its own store here; a real one is common.
        foreach (var client in (HttpClient[])[toLeader, toStandby])
            Assert.Equal("Healthy", await client.GetStringAsync("/healthz", Cancel));

        await leader.StopAsync(Cancel);
        await other.WaitForLeadershipAsync(Cancel);
        Assert.Equal(HttpStatusCode.Created, (await toStandby.PostAsJsonAsync("/orders", new { Item = "milk" }, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Command_WhileNobodyLeads_IsRefusedWithoutAName()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        await using var app = await StartAsync(server);
        var election = app.Services.GetRequiredService<ILeaderElection>();
        var term = await election.WaitForLeadershipAsync(Cancel);
        election.Pause();
        await foreach (var change in election.WatchAsync(Cancel))
        {
            if (change is { Term: null, LeaderIdentity: null } && !term.IsActive)
                break;
        }

        using var client = Client(app);
        var refused = await client.PostAsJsonAsync("/orders", new { Item = "tea" }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Nobody leads", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(LeaseApiServer server)
    {
        var app = App.Create(
            ["--urls", "http://127.0.0.1:0", "--CommandAddress", "http://orders-write"],
            services => services.AddSingleton(server.CreateConfiguration()));
        await app.StartAsync(Cancel);
        return app;
    }

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = new(app.Urls.Single()) };
}
