using LeaseElection.Testing;

namespace LeaseElection.Examples.Tests.Observability;

/// <summary>Two replicas of the example, a real Prometheus that scrapes them, and every query of the dashboard and the alerts.</summary>
[Collection(nameof(RunsAlone))]
public sealed class ScrapeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prometheus_ScrapesTheExample_EveryQueryIsAnsweredAndTheLeaderIsShown()
    {
        _ = Prometheus.Programs; // Skips first, where there is none.
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        using var client = server.CreateClient();
        await using var replicas = await Replicas.StartAsync(server, count: 3);
        await using var prometheus = await Prometheus.StartAsync(replicas.Addresses);
        await Prometheus.UntilAsync("all are scraped, and one leads", async () =>
            (await LeadersAsync(prometheus)).Count == 1 && (await prometheus.ValuesAsync("leaseelection_leader", "instance")).Count == 3);

        // What happens only now and then is brought about: a loss, and a hand-over.
        await new SomeoneElse(client, "default", "observed-worker").StealAsync("somebody", durationSeconds: 1, Cancel);
        await Prometheus.UntilAsync("the loss is counted", async () => (await prometheus.ValuesAsync("sum by (leaseelection_end_reason) (leaseelection_term_ends_total)", "leaseelection_end_reason")).GetValueOrDefault("Superseded") is 1);
        await Prometheus.UntilAsync("one leads again", async () => (await LeadersAsync(prometheus)).Count == 1);
        var stopped = Assert.Single(await LeadersAsync(prometheus));
        await replicas.StopAsync(stopped);
        await Prometheus.UntilAsync("another leads", async () => await LeadersAsync(prometheus) is [var next] && next != stopped);
        Assert.Equal(1, Assert.Single(await prometheus.ValuesAsync("sum by (name) (leader_election_master_status)", "name")).Value);
        await HealthyPanelsHaveDataAsync(prometheus);

        var names = Exported.Names();
        await OnlyOursAreExportedAsync(prometheus, names);
        foreach (var query in ObservabilityFiles.Queries.Concat(ObservabilityFiles.Alerts.Values))
        {
            await prometheus.QueryAsync(query);
            Assert.All(
                Exported.WordsOf(query),
                word => Assert.True(names.Contains(word) || Exported.Labels.Contains(word), $"'{word}' is not exported: {query}"));
        }

        var rules = (await prometheus.GetAsync("/api/v1/rules"))["data"]!["groups"]!.AsArray().SelectMany(g => g!["rules"]!.AsArray())
            .ToList();
        Assert.Equal(ObservabilityFiles.Alerts.Count, rules.Count);
        Assert.All(rules, rule => Assert.Equal("ok", (string?)rule!["health"]));
        Assert.DoesNotContain(rules, rule => (string?)rule!["state"] == "firing");
    }

    private static async Task<List<string>> LeadersAsync(Prometheus prometheus) =>
        [.. (await prometheus.ValuesAsync("leaseelection_leader == 1", "instance")).Keys];

    // What Prometheus has of us is what the instruments' names say that it has.
    private static async Task OnlyOursAreExportedAsync(Prometheus prometheus, IReadOnlySet<string> names)
    {
        // Of all time: the replica that was stopped counts.
        var scraped = await prometheus.ListAsync(
            "/api/v1/label/__name__/values?match[]={__name__=~\"(leaseelection|leader_election)_.*\"}");
        Assert.Empty(scraped.Except(names));
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "leaseelection_leader", "leaseelection_term_remaining_seconds", "leaseelection_requests_total", "leaseelection_handover_duration_seconds_bucket", "leader_election_master_status" }, scraped);
        var labels = (await prometheus.ListAsync("/api/v1/labels?match[]={__name__=~\"leaseelection_.*\"}")).Where(
            l => l.StartsWith("leaseelection_", StringComparison.Ordinal));
        Assert.Equal(Exported.Labels.Order(StringComparer.Ordinal), labels.Order(StringComparer.Ordinal));
    }

    private static async Task HealthyPanelsHaveDataAsync(Prometheus prometheus)
    {
        // All but overruns, of which there are none. Rates need two samples.
        foreach (var query in ObservabilityFiles.Queries.Where(q => !q.Contains("overruns", StringComparison.Ordinal)))
            await Prometheus.UntilAsync($"this has data: {query}", async () => (await prometheus.QueryAsync(query)).Count > 0);
    }
}
