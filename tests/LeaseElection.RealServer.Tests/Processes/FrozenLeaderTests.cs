namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>The leader does not run for longer than its lease, and then runs on as if nothing had happened.</summary>
[Collection(nameof(RunsProcesses))]
public sealed class FrozenLeaderTests(SharedControlPlane shared)
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Scenario(23)]
    public async Task Sigterm_OnceAnotherTookOver_LeavesTheLeaseAlone(bool isTermWaitingInTheThaw)
    {
        await using var workers = await WorkerGroup.CreateAsync(await shared.GetAsync(), LeaseDuration);
        await using var lease = workers.WatchLease();
        var (old, oldWork) = await workers.StartAsync(2);
        var (successor, work) = await FreezeUntilTakenOverAsync(workers, old, oldWork);

        if (isTermWaitingInTheThaw)
            old.Send(ProcessSignal.Terminate);
        old.Thaw();
        if (!isTermWaitingInTheThaw)
            old.Send(ProcessSignal.Terminate);

        await WorkerGroup.ExitsWellAsync(old);
        await AssertWasLostAsync(old, oldWork);
        await AssertUntouchedAsync(lease, successor, work);
        await workers.StopAndJudgeAsync();
    }

    [Fact]
    [Scenario(42)]
    public async Task Thaw_OnceAnotherTookOver_FollowsIt()
    {
        await using var workers = await WorkerGroup.CreateAsync(await shared.GetAsync(), LeaseDuration);
        await using var lease = workers.WatchLease();
        var (old, oldWork) = await workers.StartAsync(2);
        var (successor, work) = await FreezeUntilTakenOverAsync(workers, old, oldWork);

        old.Thaw();

        await AssertWasLostAsync(old, oldWork);
        await WorkerGroup.FollowsAsync(old, work.Identity);
        await AssertUntouchedAsync(lease, successor, work);
        Assert.False(old.HasExited);
        var oracle = await workers.StopAndJudgeAsync();
        Assert.InRange(oracle.ToldApart.Count, 0, 1);
    }

    private static Task<(WorkerProcess Leader, WorkerLine FirstWork)> FreezeUntilTakenOverAsync(
        WorkerGroup workers, WorkerProcess leader, WorkerLine work)
    {
        leader.Freeze();
        return workers.NextTermAsync(after: work.FencingToken!.Value);
    }

    private static async Task AssertWasLostAsync(WorkerProcess old, WorkerLine work)
    {
        var ended = await WorkerGroup.EndAsync(old, work.FencingToken);
        Assert.True(ended.Reason is "DeadlinePassed" or "Superseded", $"{ended}");
    }

    // Since the successor took it, the Lease was its own in one and the same term; and still is.
    private static async Task AssertUntouchedAsync(LeaseLog lease, WorkerProcess successor, WorkerLine work)
    {
        await lease.NextRenewalAsync(work.Identity);
        var versions = lease.Since(work.Identity).ToList();
        Assert.All(versions, version => Assert.Equal(
            (work.Identity, versions[0].Acquired, versions[0].Transitions), (version.Holder, version.Acquired, version.Transitions)));
        await WorkerGroup.WorksOnAsync(successor, work);
    }
}
