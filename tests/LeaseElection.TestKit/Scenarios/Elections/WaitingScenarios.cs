using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>A standby waits for a silent holder: as long as the record says, counted from when it first saw it, never shorter.</summary>
public abstract class WaitingScenarios(ElectionServer server) : ElectionScenarios(server)
{
    // Late by less than this is on time: a jitter of 0.1 s, and two busy cores.
    private static readonly TimeSpan Slack = Seconds(2);

    [Fact, Scenario(3)]
    public async Task Holder_ShorterDurationThanOurs_TheRecordsCounts()
    {
        await Other.CreateHeldAsync("b", durationSeconds: 3, Cancel);
        var started = Now();
        var a = Add(leaseSeconds: 10).Start();
        await a.UntilLeadingAsync();

        Assert.InRange(Since(started), Seconds(3), Seconds(3) + Slack);
        Assert.Equal(0, a.Tap.Count("POST"));
        Assert.Single(a.Tap.Requests, request => request.Kind == "PUT");
    }

    [Fact, Scenario(7)]
    public async Task Holder_OurIdentityButNotOurWrite_IsWaitedForAsAnyOther()
    {
        var theirs = await Other.CreateHeldAsync("a", durationSeconds: 2, Cancel);
        var started = Now();
        var a = Add(o => o.Identity = "a").Start();
        var term = await a.UntilLeadingAsync();

        Assert.InRange(Since(started), Seconds(2), Seconds(2) + Slack);
        Assert.True(term.FencingToken > long.Parse(theirs.Metadata.ResourceVersion, null));
        Assert.Equal(1, (await Other.GetAsync(Cancel)).Spec.LeaseTransitions);
        Assert.Single(a.Log.Lines, line => line.Message.Contains("a write that is not ours", StringComparison.Ordinal));
    }

    [Fact, Scenario(16)]
    public async Task Holder_IsDeadButItsLabelsAreEditedAllTheTime_IsTakenOverOnTime()
    {
        await Other.CreateHeldAsync("b", durationSeconds: 3, Cancel);
        var started = Now();
        var leads = Add().Start().UntilLeadingAsync();
        for (var i = 0; !leads.IsCompleted; i++)
        {
            await Other.LabelAsync("edit", $"number-{i}", Cancel);
            await PassAsync(Seconds(0.1));
        }

        await leads;
        Assert.InRange(Since(started), Seconds(3), Seconds(3) + Slack);
    }

    [Theory, Scenario(17)]
    [InlineData(1)]
    [InlineData(null)]
    public async Task Duration_EditedUnderALeaderThatIsCutOff_StandbysWaitTheMarks(int? seconds)
    {
        var (a, b, term) = await CutOffLeaderAndStandbyAsync();
        var edited = Now();
        await Other.EditAsync(lease => lease.Spec.LeaseDurationSeconds = seconds, Cancel);
        var next = await b.UntilLeadingAsync();

        Assert.InRange(Since(edited), Seconds(3), Seconds(3) + Slack);
        Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason);
        Assert.True(next.FencingToken > term.FencingToken);
        Assert.False(a.Elector.IsLeader);
    }

    [Theory, Scenario(14)]
    [InlineData(Erasure.HolderByHand)]
    [InlineData(Erasure.ReleaseByAnOldClient)]
    public async Task Holder_ErasedUnderALeaderThatIsCutOff_IsWaitedForByAStandbyAndByANewcomer(Erasure erasure)
    {
        var (_, b, term) = await CutOffLeaderAndStandbyAsync();
        var erased = Now();
        await Other.EditAsync(
            lease =>
            {
                lease.Spec.HolderIdentity = "";
                // client-go's release, sent by someone who was leader before: what it erases is its successor.
                if (erasure == Erasure.ReleaseByAnOldClient)
                    (lease.Spec.LeaseDurationSeconds, lease.Spec.AcquireTime) = (1, lease.Spec.RenewTime);
            },
            Cancel);
        var newcomer = Add(leaseSeconds: 3).Start();
        var (first, _) = await FirstToLeadAsync(b, newcomer);

        Assert.InRange(Since(erased), Seconds(3), Seconds(3) + Slack);
        Assert.True(first.FencingToken > term.FencingToken);
        Assert.All(
            [b, newcomer],
            replica => Assert.Contains(replica.Log.Lines, line => line.Message.Contains("lost its holder", StringComparison.Ordinal)));
    }

    [Fact, Scenario(14, 35)]
    public async Task Lease_DeletedUnderALeaderThatIsCutOff_IsWaitedForByWhoSawIt()
    {
        var (_, b, term) = await CutOffLeaderAndStandbyAsync();
        var deleted = Now();
        await Other.DeleteAsync(Cancel);
        var next = await b.UntilLeadingAsync();

        Assert.InRange(Since(deleted), Seconds(3), Seconds(3) + Slack);
        Assert.True(next.FencingToken > term.FencingToken);
        Assert.Equal("POST", b.Tap.Requests.First(request => request.IsWrite).Kind);
    }

    public enum Erasure
    {
        HolderByHand,
        ReleaseByAnOldClient,
    }

    // A leader that sees and sends nothing any more, and does not know: its term goes on for a while.
    private async Task<(Replica Leader, Replica Standby, LeadershipTerm Term)> CutOffLeaderAndStandbyAsync()
    {
        var leader = Add(leaseSeconds: 3);
        leader.Tap.NoWatch = true;
        var term = await leader.Start().UntilLeadingAsync();
        var standby = Add(leaseSeconds: 3).Start();
        await standby.UntilSeesAsync(leader.Identity);
        leader.Tap.CutOff = true;
        return (leader, standby, term);
    }

    private static async Task<(LeadershipTerm Term, Replica Leader)> FirstToLeadAsync(params Replica[] replicas)
    {
        var first = await Task.WhenAny(replicas.Select(async replica => (await replica.UntilLeadingAsync(), replica)));
        return await first;
    }
}
