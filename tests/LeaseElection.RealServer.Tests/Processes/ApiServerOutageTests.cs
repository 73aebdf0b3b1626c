using System.Globalization;
using k8s;

namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>The API server is gone, or silent, for a while.</summary>
[Collection(nameof(DisturbsServers))]
public sealed class ApiServerOutageTests(SharedControlPlane shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The times are the wall clock of one machine: the Lease's renewTime, and the line of the work's end.
    [Fact]
    [Scenario(31)]
    public async Task Outage_LongerThanRenewDeadline_EndsTheTermOnTimeAndSomeoneLeadsAfterwards()
    {
        var duration = TimeSpan.FromSeconds(5);
        var deadline = duration * 2 / 3;
        var plane = await shared.GetOwnAsync();
        await using var workers = await WorkerGroup.CreateAsync(plane, duration);
        await using var lease = workers.WatchLease();
        var (leader, work) = await workers.StartAsync(2);

        // Just after a renewal none is on its way, so the last successful one is known. A watch may be faster than the reply to the writer,
        // and without the reply the leader rightly counts from the renewal before: a few round trips later it has it.
        var renewal = await lease.NextRenewalAsync(work.Identity);
        for (var i = 0; i < 5; i++)
            await plane.Client.CoordinationV1.ListNamespacedLeaseAsync("default", cancellationToken: Cancellation);
        WorkerLine ended;
        try
        {
            await plane.ApiServer.StopAsync();
            ended = await WorkerGroup.EndAsync(leader, work.FencingToken);
        }
        finally
        {
            await plane.ApiServer.RecoverAsync(Cancellation);
        }

        Assert.Equal("DeadlinePassed", ended.Reason);
        Assert.Equal(renewal, lease.LastOf(work.Identity));
        var took = ended.At - new DateTimeOffset(renewal.Renewed!.Value);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"from the last renewal to the work's end: {took.TotalMilliseconds} ms"));
        Assert.InRange(took, deadline * 0.9, deadline + TimeSpan.FromMilliseconds(250));

        await workers.NextTermAsync(after: work.FencingToken!.Value);
        Assert.Empty((await workers.StopAndJudgeAsync()).ToldApart);
    }

    // By default settings: longer than from one renewal to the next, so that one meets the silence; shorter than 5 s, which is promised.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [Scenario(30)]
    public async Task Silence_ShorterThanPromised_TheSameTermGoesOn(int seconds)
    {
        var plane = await shared.GetOwnAsync();
        await using var workers = await WorkerGroup.CreateAsync(plane);
        await using var lease = workers.WatchLease();
        var (leader, work) = await workers.StartAsync(2);

        await lease.NextRenewalAsync(work.Identity);
        try
        {
            plane.ApiServer.Freeze();
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, Cancellation); // How long the silence lasts.
        }
        finally
        {
            await plane.ApiServer.RecoverAsync(Cancellation);
        }

        await lease.NextRenewalAsync(work.Identity);
        await WorkerGroup.WorksOnAsync(leader, work);
        Assert.DoesNotContain(leader.History().Lines, line => line.Event is WorkerEvent.Ended);
        Assert.Empty((await workers.StopAndJudgeAsync()).ToldApart);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Scenario(48)]
    public async Task Restart_OfTheApiServerOrOfEtcd_TheElectionRecoversByItself(bool etcd)
    {
        var plane = await shared.GetOwnAsync();
        await using var workers = await WorkerGroup.CreateAsync(plane, TimeSpan.FromSeconds(5));
        var (leader, work) = await workers.StartAsync(3);

        try
        {
            await (etcd ? plane.Etcd : plane.ApiServer).StopAsync();
        }
        finally
        {
            await plane.Etcd.RecoverAsync(Cancellation);
            await plane.ApiServer.RecoverAsync(Cancellation);
        }

        // Whether the term outlived that or not: someone works, and a leader that goes is followed by another.
        await WorkerGroup.StopAsync(leader);
        var (_, next) = await workers.NextTermAsync(after: work.FencingToken!.Value);
        Assert.NotEqual(work.Identity, next.Identity);
        Assert.Empty((await workers.StopAndJudgeAsync()).ToldApart);
    }
}
