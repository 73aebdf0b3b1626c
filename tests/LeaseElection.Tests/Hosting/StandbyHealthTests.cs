using LeaseElection.Hosting;
using LeaseElection.Tests.Hosting.Shell;
using LeaseElection.Tests.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeaseElection.Tests.Hosting;

/// <summary>A standby says for whom, until when and why it waits.</summary>
[Collection(nameof(BlocksThreads))]
public sealed class StandbyHealthTests
{
    private const string WayOut =
        "once nothing of b runs, kubectl patch lease test -n ns --type merge -p '{\"metadata\":{\"annotations\":{\"leaseelection/term\":\"\"}},\"spec\":{\"holderIdentity\":\"\"}}'";

    [Fact]
    public async Task LeaseMadeByHand_HolderLongGone_IsDegradedAndSaidOnceWithTheWayOut()
    {
        await using var fixture = await LongHeldAsync();
        await fixture.AdvanceAsync(14.5);
        Assert.Equal(HealthStatus.Healthy, Of(fixture).Status);
        await fixture.AdvanceAsync(6);

        var (status, description) = Of(fixture);
        Assert.Equal(HealthStatus.Degraded, status);
        Assert.StartsWith("stands by for b: Lease unchanged for 20 s, free in 60 min because it says leaseDurationSeconds 3600; to decide otherwise: " + WayOut, description, StringComparison.Ordinal);
        var line = Assert.Single(fixture.Log.With(44));
        Assert.Contains("because it says leaseDurationSeconds 3600. To decide otherwise: " + WayOut, line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeaseMadeByHand_ReleasedAsTheLineSays_IsLedAtOnce()
    {
        await using var fixture = await LongHeldAsync();
        await fixture.AdvanceAsync(20);
        fixture.Store.Meddle(server => server.Edit(s => s with { HolderIdentity = "" }, _ => ""));

        await fixture.UntilAsync(c => c.IsLeader);
        Assert.Equal((HealthStatus.Healthy, "leads"), Of(fixture));
    }

    [Fact]
    public async Task LeaseMadeByHand_HolderRenews_IsHealthy()
    {
        await using var fixture = await LongHeldAsync();
        for (var i = 0; i < 6; i++)
        {
            await fixture.AdvanceAsync(5);
            fixture.Store.Meddle(server => server.Edit(s => s with { RenewTime = new(1000 + i) }));
        }

        await fixture.AdvanceAsync(1);
        Assert.Equal(HealthStatus.Healthy, Of(fixture).Status);
        Assert.Empty(fixture.Log.With(44));
    }

    [Fact]
    public async Task LeaseDeletedUnderAHolder_SaysWhyItWaits()
    {
        await using var fixture = await LongHeldAsync();
        fixture.Store.Meddle(server => server.Delete());
        await fixture.UntilAsync(c => c.LeaderIdentity is null);
        await fixture.AdvanceAsync(20);

        var (status, description) = Of(fixture);
        Assert.Equal(HealthStatus.Degraded, status);
        Assert.StartsWith("knows of no leader: Lease unchanged for 20 s, free in 60 min because it was deleted under its holder", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnIdentity_InARecordThatIsNoWriteOfOurs_IsOurOwnEarlierRecord()
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("a");

        Assert.StartsWith("stands by for our own earlier record: Lease unchanged for 0 s, free in 15 s", Of(fixture).Description, StringComparison.Ordinal);
        Assert.Empty(fixture.Log.With(5));
        Assert.Contains("an earlier record of our own identity a, and is free once that is unchanged for 15 s", Assert.Single(fixture.Log.With(45)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standby_TheLineSaysHowLongAndWhy()
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("b");

        Assert.Equal(
            "Standing by: b leads on Lease ns/test, which is free once its record is unchanged for 15 s, because it says leaseDurationSeconds 15",
            Assert.Single(fixture.Log.With(5)).Message);
    }

    private static async Task<ElectorFixture> LongHeldAsync()
    {
        var fixture = new ElectorFixture();
        fixture.Store.Meddle(server => server.Edit(s => s with { HolderIdentity = "b", LeaseDurationSeconds = 3600 }));
        fixture.Campaign();
        await fixture.UntilAsync(c => c.LeaderIdentity == "b");
        return fixture;
    }

    private static (HealthStatus Status, string Description) Of(ElectorFixture fixture)
    {
        var health = ElectionHealth.Of(fixture.Elector, fixture.Monitor);
        return (health.Status, health.Description);
    }
}
