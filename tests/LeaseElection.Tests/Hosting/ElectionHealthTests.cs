using LeaseElection.Hosting;
using LeaseElection.Leases;
using LeaseElection.Tests.Pump;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeaseElection.Tests.Hosting;

public sealed class ElectionHealthTests
{
    [Fact]
    public async Task Leader_IsHealthy()
    {
        await using var fixture = new ElectorFixture();
        await fixture.LeadAsync();

        Assert.Equal((HealthStatus.Healthy, "leads"), Of(fixture));
    }

    [Fact]
    public async Task Standby_IsHealthy()
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("b");

        Assert.Equal((HealthStatus.Healthy, "stands by for b"), Of(fixture));
    }

    [Fact]
    public async Task ApiServer_OutOfReach_IsDegraded()
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("b");
        fixture.Monitor.Failed("get", "no route to host");

        Assert.Equal((HealthStatus.Degraded, "'get' fails: no route to host"), Of(fixture));
    }

    [Fact]
    public async Task Permission_Missing_IsDegradedAndSaysWhich()
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("b");
        fixture.Store.Say(new WatchSignal.Failing("forbidden", new(RejectionKind.Forbidden, "watch", 403, "leases is forbidden")));
        while (fixture.Monitor.Troubles.Count == 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var (status, description) = Of(fixture);
        Assert.Equal(HealthStatus.Degraded, status);
        Assert.StartsWith("'watch' is refused (403): leases is forbidden Missing permission. This Role", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_OutlivesItsTerm_IsUnhealthy()
    {
        await using var fixture = new ElectorFixture();
        var work = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await fixture.LeadAsync((_, _) => work.Task);
        fixture.Hold("b");
        await fixture.UntilEndedAsync();
        Assert.Equal(HealthStatus.Healthy, Of(fixture).Status);
        await fixture.AdvanceAsync(2.5);

        Assert.Equal((HealthStatus.Unhealthy, "the work of a term that has ended still runs, and its time to stop is over"), Of(fixture));
        work.SetResult();
    }

    [Fact]
    public async Task Election_ThatBrokeDown_IsUnhealthy()
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("b");
        fixture.Monitor.End(new InvalidOperationException("a defect"));

        Assert.Equal((HealthStatus.Unhealthy, "the election broke down: a defect"), Of(fixture));
    }

    private static (HealthStatus Status, string Description) Of(ElectorFixture fixture)
    {
        var health = ElectionHealth.Of(fixture.Elector, fixture.Monitor);
        return (health.Status, health.Description);
    }
}
