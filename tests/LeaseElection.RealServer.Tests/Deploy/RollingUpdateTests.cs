using System.Globalization;
using LeaseElection.RealServer.Tests.Processes;

namespace LeaseElection.RealServer.Tests.Deploy;

/// <summary>
/// A rollout by the manifests' strategy (maxUnavailable 0, maxSurge 1), played by processes: three old replicas, three new ones.
/// </summary>
[Collection(nameof(RunsProcesses))]
public sealed class RollingUpdateTests(SharedControlPlane shared)
{
    private const int Replicas = 3;
    private const int MostTries = 3;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Rollout_OneAtATime_IsWithoutAWorkingLeaderForLessThanHalfASecond()
    {
        var tries = new List<string>();
        for (var i = 0; i < MostTries; i++)
        {
            var (gaps, sum) = await RollOutAsync();
            tries.Add(string.Create(CultureInfo.InvariantCulture, $"{sum.TotalMilliseconds:0.0} ms ({string.Join(", ", gaps.Select(g => g.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)))})"));
            TestContext.Current.TestOutputHelper!.WriteLine($"without a working leader: {tries[^1]}");
            if (sum < Most)
                return;
        }

        Assert.Fail($"without a working leader for longer than {Most.TotalMilliseconds} ms each time: {string.Join("; ", tries)}");
    }

    private async Task<(List<TimeSpan> Gaps, TimeSpan Sum)> RollOutAsync()
    {
        await using var group = await WorkerGroup.CreateAsync(await shared.GetAsync());
        var (leader, work) = await group.StartAsync(Replicas);
        var old = group.Alive.ToList();
        var gaps = new List<TimeSpan>();
        while (old.Count > 0)
        {
            await WorkerGroup.FollowsAsync(await group.StartAsync());
            // The worst that can be chosen: the leader, for as long as an old one leads.
            var victim = old.Contains(leader) ? leader : old[0];
            old.Remove(victim);
            await WorkerGroup.StopAsync(victim);
            if (victim != leader)
                continue;
            var ended = await WorkerGroup.EndAsync(victim, work.FencingToken);
            (leader, work) = await group.NextTermAsync(work.FencingToken!.Value);
            gaps.Add(TimeSpan.FromMicroseconds((work.MonotonicNs - ended.MonotonicNs) / 1000.0));
        }

        var oracle = await group.StopAndJudgeAsync();
        Assert.Empty(oracle.ToldApart);
        Assert.NotEmpty(gaps);
        return (gaps, gaps.Aggregate(TimeSpan.Zero, (sum, gap) => sum + gap));
    }
}
