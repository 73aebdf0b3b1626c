using System.Diagnostics;
using LeaseElection.Tests.Hosting.Shell;
using LeaseElection.Tests.Runtime;

namespace LeaseElection.Tests.Diagnostics;

/// <summary>What an election shows of itself, by the real loop on a manual clock.</summary>
[Collection(nameof(BlocksThreads))]
public sealed class ElectionMonitorTests
{
    [Fact]
    public async Task Term_FromBeginToEnd_IsShownCountedAndMeasured()
    {
        await using var fixture = new ElectorFixture();
        var meters = fixture.Meters;
        Assert.Empty(meters.Show("leaseelection.leader"));
        await fixture.LeadAsync();

        Assert.Equal([1], meters.Show("leaseelection.leader"));
        Assert.Equal([1], meters.Show("leader_election_master_status"));
        Assert.Equal([10], meters.Show("leaseelection.term.remaining"));
        Assert.Equal([0], meters.Show("leaseelection.leaderless.duration"));
        await fixture.AdvanceAsync(6.5);
        fixture.BeginStop();
        await fixture.Run;

        Assert.Empty(meters.Show("leaseelection.leader"));
        Assert.Single(await meters.UntilAsync("leaseelection.terms", "leaseelection.name=test"));
        Assert.Single(await meters.UntilAsync("leaseelection.term.ends", "leaseelection.end_reason=Stopped"));
        Assert.InRange(Assert.Single(await meters.UntilAsync("leaseelection.term.duration", "leaseelection.end_reason=Stopped")), 6.4, 6.6);
    }

    [Fact]
    public async Task Requests_AreCountedByVerbAndOutcomeAndRenewalsMeasured()
    {
        await using var fixture = new ElectorFixture();
        await fixture.LeadAsync();
        await fixture.AdvanceAsync(6.5);

        Assert.Single(await fixture.Meters.UntilAsync("leaseelection.requests", "leaseelection.verb=get leaseelection.outcome=missing"));
        Assert.Single(await fixture.Meters.UntilAsync("leaseelection.requests", "leaseelection.verb=create leaseelection.outcome=ok"));
        Assert.Equal(
            2, (await fixture.Meters.UntilAsync("leaseelection.requests", "leaseelection.verb=update leaseelection.outcome=ok", 2)).Count);
        Assert.Equal(2, (await fixture.Meters.UntilAsync("leaseelection.renewal.duration", "leaseelection.outcome=ok", 2)).Count);
    }

    [Fact]
    public async Task Standby_LeaderReleases_HandoverIsMeasured()
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("b");
        Assert.Equal([0], fixture.Meters.Show("leaseelection.leader"));
        fixture.Store.HoldWrites = new(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Store.Meddle(server => server.Edit(s => s with { HolderIdentity = "" }));
        await fixture.UntilAsync(c => c.LeaderIdentity is null);
        await fixture.AdvanceAsync(0.5);
        Assert.InRange(Assert.Single(fixture.Meters.Show("leaseelection.leaderless.duration")), 0.4, 0.6);
        fixture.Store.HoldWrites.SetResult();
        await fixture.UntilAsync(c => c.IsLeader);

        Assert.InRange(Assert.Single(await fixture.Meters.UntilAsync("leaseelection.handover.duration")), 0.4, 0.6);
        Assert.Equal([0], fixture.Meters.Show("leaseelection.leaderless.duration"));
    }

    [Fact]
    public async Task Work_OutlivesItsTerm_IsCountedAndShownUntilItEnds()
    {
        await using var fixture = new ElectorFixture();
        var work = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await fixture.LeadAsync((_, _) => work.Task);
        fixture.Hold("b");
        await fixture.UntilEndedAsync();
        await fixture.AdvanceAsync(2.5);
        Assert.True(fixture.Monitor.Overruns);
        Assert.Single(await fixture.Meters.UntilAsync("leaseelection.overruns"));
        work.SetResult();

        await UntilAsync(() => !fixture.Monitor.Overruns);
        Assert.Single(await fixture.Meters.UntilAsync("leaseelection.term.ends", "Superseded"));
    }

    [Fact]
    public async Task Term_IsASpanOfItsOwn_AndNobodysParent()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "LeaseElection",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (ended)
                    ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var fixture = new ElectorFixture();
        Activity? ofWork = null;
        var term = await fixture.LeadAsync((_, token) =>
        {
            ofWork = Activity.Current;
            return ElectorFixture.UntilCancelledAsync(token);
        });
        Assert.Null(ofWork);
        fixture.Hold("b");
        await fixture.UntilEndedAsync();

        Activity? span = null;
        await UntilAsync(() =>
        {
            lock (ended)
                return (span = ended.Find(a => Equals(a.GetTagItem("leaseelection.identity"), fixture.Identity))) is not null;
        });
        Assert.Equal(
            ("leaseelection.term", "Superseded", ActivityStatusCode.Error),
            (span!.OperationName, span.GetTagItem("leaseelection.end_reason"), span.Status));
        Assert.Equal(term.FencingToken, span.GetTagItem("leaseelection.fencing_token"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Listener_ThrowsOrNeverReturns_TheElectionGoesOnAllTheSame(bool throws)
    {
        await using var fixture = new ElectorFixture();
        using var never = new ManualResetEventSlim();
        fixture.Meters.Heard = () =>
        {
            if (throws)
                throw new InvalidOperationException("a listener's defect");
            never.Wait(TestContext.Current.CancellationToken);
        };
        var term = await fixture.LeadAsync();
        await fixture.AdvanceAsync(6.5);
        Assert.Equal(3, fixture.Store.Writes.Count);
        fixture.BeginStop();
        await fixture.Run;

        Assert.Equal(TermEndReason.Stopped, term.EndReason);
        Assert.Equal("", fixture.Store.Lease!.Value.Spec.HolderIdentity);
        never.Set();
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        while (!happened())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
