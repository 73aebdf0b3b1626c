using k8s.Models;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

public abstract class AcquireScenarios(ElectionServer server) : ElectionScenarios(server)
{
    [Fact, Scenario(1)]
    public async Task Acquire_NoLease_CreatesAndLeadsWithTransitionsZero()
    {
        var a = Add(o => o.Labels["app"] = "scenario").Start();
        var term = await a.UntilLeadingAsync();
        var lease = await Other.GetAsync(Cancel);

        Assert.Equal(a.Elector.Identity, lease.Spec.HolderIdentity);
        Assert.Equal(0, lease.Spec.LeaseTransitions);
        Assert.Equal(5, lease.Spec.LeaseDurationSeconds);
        Assert.Equal("scenario", lease.Labels()["app"]);
        Assert.True(term.FencingToken <= long.Parse(lease.ResourceVersion(), null));
        Assert.Equal(["GET", "POST"], a.Tap.Sent.Take(2));
        Assert.True(a.Elector.IsLeader);
        Assert.Equal(a.Elector.Identity, a.Elector.LeaderIdentity);
    }

    [Theory, Scenario(2)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Acquire_NoSpec_UpdatesAndCountsUp(bool empty)
    {
        var before = await Other.CreateAsync(empty ? new() : null, Cancel);
        var a = Add().Start();
        await a.UntilLeadingAsync();
        var lease = await Other.GetAsync(Cancel);

        Assert.Equal(before.Uid(), lease.Uid());
        Assert.Equal(1, lease.Spec.LeaseTransitions);
        Assert.Equal(0, a.Tap.Count("POST"));
    }

    [Fact, Scenario(4)]
    public async Task Acquire_ReleasedByAnother_TakesItAtOnce()
    {
        await Other.CreateAsync(new V1LeaseSpec { HolderIdentity = "", LeaseDurationSeconds = 1, LeaseTransitions = 6, RenewTime = DateTime.UnixEpoch.AddMicroseconds(1) }, Cancel);
        var a = Add(o => o.LeaseDuration = TimeSpan.FromMinutes(10)).Start();
        await a.UntilLeadingAsync();

        Assert.Equal(7, (await Other.GetAsync(Cancel)).Spec.LeaseTransitions);
    }

    [Fact, Scenario(5)]
    public async Task Acquire_HolderExpires_TakesOverAfterTheRecordsDuration()
    {
        await Other.CreateHeldAsync("b", durationSeconds: 2, Cancel);
        var started = Now();
        var a = Add().Start();
        await a.UntilLeadingAsync();
        var waited = Since(started);

        Assert.True(waited >= TimeSpan.FromSeconds(2), $"took over after {waited}");
        Assert.Equal("PUT", a.Tap.Requests.First(request => request.IsWrite).Kind);
    }

    [Fact, Scenario(6)]
    public async Task Standby_FreshHolder_OneGetOneWatchNoPolling()
    {
        await Other.CreateHeldAsync("b", durationSeconds: 5, Cancel);
        var a = Add().Start();
        await a.UntilSeesAsync("b");
        // Twice the lease, renewed often enough: each renewal is seen by its label, so that no time need pass unwatched.
        for (var i = 0; i < 40; i++)
        {
            await Other.EditAsync(l => l.Spec.RenewTime = DateTime.UnixEpoch.AddSeconds(i + 1).AddMicroseconds(i + 1), Cancel);
            await PassAsync(Seconds(0.25));
        }

        Assert.Equal(["GET", "WATCH"], a.Tap.Sent);
        Assert.Equal("b", a.Elector.LeaderIdentity);
        Assert.Empty(a.Terms);
    }

    [Fact, Scenario(11)]
    public async Task Acquire_CreateRace_OneLeadsTheOtherReadsAgainAndStandsBy()
    {
        // Patient: nobody's create may time out while it is held.
        var replicas = new[] { Add(leaseSeconds: 60), Add(leaseSeconds: 60) };
        foreach (var replica in replicas)
        {
            replica.Tap.HoldWrites();
            replica.Start();
            await replica.Tap.UntilSentAsync("POST", 1);
        }

        foreach (var replica in replicas)
            replica.Tap.ReleaseWrites();
        var leader = await await Task.WhenAny(replicas.Select(UntilLeadsAsync));
        var loser = replicas.Single(r => r != leader);
        await loser.UntilSeesAsync(leader.Elector.Identity);

        Assert.Empty(loser.Terms);
        Assert.Equal(1, loser.Tap.Count("POST"));
    }

    [Fact, Scenario(45)]
    public async Task TwoProcesses_WithOneIdentity_NeverBothLead()
    {
        var first = AddNamesake().Start();
        await first.UntilLeadingAsync();
        var second = AddNamesake().Start();
        await second.Tap.UntilSentAsync("WATCH", 1);
        // Longer than the lease: no renewal of a namesake is taken for its own.
        await first.Tap.UntilWrittenMoreAsync(7);

        Assert.Empty(second.Terms);
        Assert.True(first.Elector.IsLeader);
        await first.StopAsync();
        await second.UntilLeadingAsync();
        Assert.False(first.Elector.IsLeader);
    }

    private Replica AddNamesake() => Add(o => (o.Identity, o.LeaseDuration) = ("same", Seconds(3)));

    private static async Task<Replica> UntilLeadsAsync(Replica replica)
    {
        await replica.UntilLeadingAsync();
        return replica;
    }
}
