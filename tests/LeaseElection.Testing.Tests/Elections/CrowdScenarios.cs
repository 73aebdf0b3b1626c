using LeaseElection.TestKit.Scenarios.Elections;

namespace LeaseElection.Testing.Tests.Elections;

[Collection(nameof(RunsAlone))]
public sealed class CrowdScenarios : EmbeddedScenarios
{
    private const int Standbys = 100;

    [Fact, Scenario(47)]
    public async Task Release_AHundredStandbys_OneLeadsAndTheOthersTryOnceAtMost()
    {
        // All the cores' time goes to a hundred at once: renewals and timeouts are far away.
        var leader = Add(Patient).Start();
        await leader.UntilLeadingAsync();
        Replica[] standbys = [.. Enumerable.Range(0, Standbys).Select(_ => Add(Patient).Start())];
        foreach (var standby in standbys)
        {
            await standby.UntilSeesAsync(leader.Identity);
            await standby.Tap.UntilSentAsync("WATCH", 1);
        }

        await Api.Requests.UntilAsync(r => IsWatch(r) && r.StatusCode == 200, Standbys + 1, Cancel);
        var before = Api.Requests.All[^1].Number;
        await leader.StopAsync();
        var (next, _) = await FirstToLeadAsync(standbys);
        foreach (var standby in standbys)
            await standby.UntilSeesAsync(next.Identity);
        // One more change that all see: whatever they had to say to the last one they have said.
        await Other.LabelAsync("seen", "by-all", Cancel);
        await PassAsync(Seconds(1));

        var all = Api.Requests.All.Where(r => r.Number > before && IsOfReplicas(r)).ToList();
        Assert.Single(standbys, standby => standby.Terms.Count > 0);
        Assert.All(standbys.Where(standby => standby != next), loser =>
        {
            Assert.InRange(loser.Tap.Requests.Count(request => request.IsWrite), 0, 1);
            Assert.InRange(loser.Tap.Count("GET"), 1, 2);
            Assert.Equal(1, loser.Tap.Count("WATCH"));
        });
        // A release, an acquisition, and for each loser at most a conflict and a look.
        Assert.InRange(all.Count, 2, 2 + (2 * (Standbys - 1)));
        Assert.InRange(all.Count(r => r.StatusCode == 409), 0, Standbys - 1);
    }

    private static void Patient(LeaderElectionOptions options) => options.LeaseDuration = TimeSpan.FromMinutes(10);
}
