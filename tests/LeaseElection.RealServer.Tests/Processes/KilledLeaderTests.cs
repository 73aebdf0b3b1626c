using System.Globalization;

namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>The leader is gone without a word: nothing but time tells.</summary>
[Collection(nameof(RunsProcesses))]
public sealed class KilledLeaderTests(SharedControlPlane shared)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    [Fact]
    [Scenario(5)]
    public Task Sigkill_LeaderByDefaultSettings_AnotherWorksOnceTheLeaseHasRunOut() => KillAsync(leaseDuration: null, times: 1);

    [Fact]
    [Scenario(5)]
    public Task Sigkill_LeadersWithALeaseOf3Seconds_AnotherWorksOnceTheLeaseHasRunOut() => KillAsync(TimeSpan.FromSeconds(3), times: 3);

    // Both ends of the time are the wall clock of one machine: the Lease's renewTime, and the line of the first work.
    private async Task KillAsync(TimeSpan? leaseDuration, int times)
    {
        await using var workers = await WorkerGroup.CreateAsync(await shared.GetAsync(), leaseDuration);
        await using var lease = workers.WatchLease();
        var duration = leaseDuration ?? TimeSpan.FromSeconds(15);
        var (leader, work) = await workers.StartAsync(2);

        for (var i = 0; i < times; i++)
        {
            // Just after a renewal none is on its way, so the last one is known.
            await lease.NextRenewalAsync(work.Identity);
            await leader.KillAsync();
            var killed = work.Identity;
            (leader, work) = await workers.NextTermAsync(after: work.FencingToken!.Value);

            var took = work.At - new DateTimeOffset(lease.LastOf(killed).Renewed!.Value);
            TestContext.Current.TestOutputHelper?.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"from the last renewal to the next one's work: {took.TotalMilliseconds} ms"));
            Assert.InRange(took, duration, duration + Margin);
            await WorkerGroup.FollowsAsync(await workers.StartAsync());
        }

        Assert.Empty((await workers.StopAndJudgeAsync()).ToldApart);
    }
}
