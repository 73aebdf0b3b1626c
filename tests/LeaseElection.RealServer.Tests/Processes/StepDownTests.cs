namespace LeaseElection.RealServer.Tests.Processes;

[Collection(nameof(RunsProcesses))]
public sealed class StepDownTests(SharedControlPlane shared)
{
    [Fact]
    [Scenario(26)]
    public async Task Sighup_WithAStandby_TheOtherLeadsAndTheFirstCampaignsAgain()
    {
        await using var workers = await WorkerGroup.CreateAsync(await shared.GetAsync());
        var (first, work) = await workers.StartAsync(2);

        first.Send(ProcessSignal.Hangup);
        var (other, otherWork) = await workers.NextTermAsync(after: work.FencingToken!.Value);
        Assert.NotSame(first, other);
        Assert.Equal("SteppedDown", (await WorkerGroup.EndAsync(first, work.FencingToken)).Reason);
        await WorkerGroup.FollowsAsync(first, otherWork.Identity);
        Assert.False(first.HasExited);

        await WorkerGroup.StopAsync(other);
        var (again, _) = await workers.NextTermAsync(after: otherWork.FencingToken!.Value);

        Assert.Same(first, again);
        var oracle = await workers.StopAndJudgeAsync();
        Assert.Equal(3, oracle.Terms);
        Assert.Empty(oracle.ToldApart);
    }
}
