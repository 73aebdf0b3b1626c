using LeaseElection.Hosting;
using LeaseElection.Leases;
using LeaseElection.Tests.Hosting.Shell;
using LeaseElection.Tests.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeaseElection.Tests.Hosting;

[Collection(nameof(BlocksThreads))]
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

        Assert.Equal(
            (HealthStatus.Healthy, "stands by for b: Lease unchanged for 0 s, free in 15 s because it says leaseDurationSeconds 15"), Of(fixture));
        await fixture.AdvanceAsync(4);
        Assert.StartsWith("stands by for b: Lease unchanged for 4 s, free in 11 s", Of(fixture).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiServer_OutOfReach_IsDegraded()
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("b");
        fixture.Monitor.Server.Failed("get", "no route to host");

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
        Assert.StartsWith(
            "'watch' is refused (403): leases is forbidden Missing permission. This Role", description, StringComparison.Ordinal);
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

    [Fact]
    public async Task WriteThatNeverEnds_IsDegradedSoonAndUnhealthyOnceItsTimeIsOver()
    {
        await using var fixture = new ElectorFixture();
        await fixture.LeadAsync();
        fixture.Store.HoldWrites = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = fixture.Store.Writes.Count;
        await fixture.AdvanceUntilAsync(fixture.Store.UntilWritesAsync(writes + 1));
        Assert.Equal(HealthStatus.Healthy, Of(fixture).Status);
        await fixture.AdvanceAsync(1.1); // Half of RequestTimeout: it is slow.
        Assert.Equal(HealthStatus.Degraded, Of(fixture).Status);
        await fixture.AdvanceAsync(11.7); // RenewDeadline and a quarter: the store does not keep its promise.

        Assert.Equal(HealthStatus.Unhealthy, Of(fixture).Status);
        Assert.StartsWith("a write has had no end for 12.", Of(fixture).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoopThatIsBlocked_IsUnhealthyWithinRenewDeadline()
    {
        using var block = new ManualResetEventSlim();
        await using var fixture = new ElectorFixture();
        await fixture.LeadAsync();
        using var blocked = new ManualResetEventSlim();
        fixture.Store.OnWrite = () =>
        {
            blocked.Set();
            block.Wait(CancellationToken.None);
        };
        fixture.Time.Advance(TimeSpan.FromSeconds(3)); // The renewal is sent on the loop, which it blocks.
        blocked.Wait(TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(5.1));

        Assert.Equal((HealthStatus.Unhealthy, "the election has dealt with nothing for 5.1 s, though something waits"), Of(fixture));
        block.Set();
    }

    [Fact]
    public async Task StoreThatThrows_IsUnhealthyUntilItAnswers()
    {
        await using var fixture = new ElectorFixture();
        await fixture.LeadAsync();
        fixture.Store.Throws = true;
        var failed = fixture.AdvanceUntilAsync(() => fixture.Monitor.StoreDefect is not null);
        await failed;
        Assert.Equal(HealthStatus.Unhealthy, Of(fixture).Status);
        Assert.Contains("has a defect: a defect of the store", Of(fixture).Description, StringComparison.Ordinal);

        fixture.Store.Throws = false;
        await fixture.AdvanceUntilAsync(() => fixture.Monitor.StoreDefect is null);
    }

    [Fact]
    public void TimerThatDoesNotFire_IsSeen()
    {
        var time = new LeaseElection.TestKit.ManualTimeProvider();
        var vitals = new LeaseElection.Runtime.Vitals(time, TimeSpan.FromSeconds(10));
        vitals.TimerArmed(TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.Null(vitals.CannotAct(inputsWait: false));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("the election's timer is 5.1 s late", vitals.CannotAct(inputsWait: false));
        vitals.TimerFired();
        Assert.Null(vitals.CannotAct(inputsWait: false));
    }

    private static (HealthStatus Status, string Description) Of(ElectorFixture fixture)
    {
        var health = ElectionHealth.Of(fixture.Elector, fixture.Monitor);
        return (health.Status, health.Description);
    }
}
