using k8s.Models;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

public abstract class HolderScenarios(ElectionServer server) : ElectionScenarios(server)
{
    [Fact, Scenario(8)]
    public async Task SteadyState_DefaultTimings_OnePutEveryThreeSecondsAndAStandbySendsNothing()
    {
        var (leader, standby, _) = await LeaderAndStandbyAsync(o => o.LeaseDuration = Seconds(15));
        await standby.Tap.UntilSentAsync("WATCH", 1);
        await leader.Tap.UntilSentAsync("PUT", 1);
        var (sent, waited) = (leader.Tap.Sent.Count, standby.Tap.Sent.Count);
        var started = Now();
        await leader.Tap.UntilSentAsync("PUT", 4);
        var took = Since(started);

        Assert.Equal(["PUT", "PUT", "PUT"], leader.Tap.Sent.Skip(sent));
        Assert.Equal(waited, standby.Tap.Sent.Count);
        Assert.Equal(1, standby.Tap.Count("GET"));
        Assert.InRange(took, Seconds(8.5), Seconds(11));
    }

    [Fact, Scenario(9)]
    public async Task Renewal_LabelsEdited_KeepsTheTermAndTheLabel()
    {
        var a = Add().Start();
        a.Tap.NoWatch = true;
        var term = await a.UntilLeadingAsync();
        await Other.LabelAsync("team", "blue", Cancel);
        await a.Tap.UntilWrittenMoreAsync(3);

        Assert.True(term.IsActive);
        Assert.Equal("blue", (await Other.GetAsync(Cancel)).Labels()["team"]);
        Assert.Single(a.Terms);
    }

    [Fact, Scenario(10)]
    public async Task Renewal_ConflictWithAnotherHolder_StepsDown()
    {
        var a = Add();
        a.Tap.NoWatch = true;
        await a.Start().UntilLeadingAsync();
        await Other.StealAsync("b", durationSeconds: 15, Cancel);

        Assert.Equal(TermEndReason.Superseded, await a.UntilEndedAsync());
        Assert.Equal("b", a.Elector.LeaderIdentity);
        Assert.Equal("b", (await Other.GetAsync(Cancel)).Spec.HolderIdentity);
    }

    [Fact, Scenario(37)]
    public async Task Lease_StolenByAnEdit_StepsDownOnTheWatchEvent()
    {
        // Renewals come once an hour: only the watch can tell.
        var a = Add(Hourly).Start();
        await a.UntilLeadingAsync();
        await Other.StealAsync("b", durationSeconds: 15, Cancel);

        Assert.Equal(TermEndReason.Superseded, await a.UntilEndedAsync());
        Assert.Equal(0, a.Tap.Count("PUT"));
    }

    [Fact, Scenario(17)]
    public async Task Lease_DurationEdited_StepsDown()
    {
        var a = Add(Hourly).Start();
        await a.UntilLeadingAsync();
        await Other.EditAsync(l => l.Spec.LeaseDurationSeconds = 1, Cancel);

        Assert.Equal(TermEndReason.LeaseEdited, await a.UntilEndedAsync());
    }

    [Fact, Scenario(35)]
    public async Task Lease_Deleted_EndsTheTermAndTheOldLeaderCreatesItAgainOnceItsWorkStopped()
    {
        var (a, b, term) = await LeaderAndStandbyAsync();
        a.WorkEndsLate = true;
        await Other.DeleteAsync(Cancel);
        Assert.Equal(TermEndReason.LeaseDeleted, await a.UntilEndedAsync());
        Assert.True(term.EndedToken.IsCancellationRequested);
        Assert.Single(a.Terms);

        a.LetWorkEnd();
        var next = await a.UntilNextTermAsync(term);
        Assert.True(next.FencingToken > term.FencingToken);
        Assert.Empty(b.Terms);
    }

    [Fact, Scenario(36)]
    public async Task Lease_DeletedAndCreatedByAnother_StepsDownAtOnce()
    {
        var a = Add(Hourly);
        a.WorkEndsLate = true;
        await a.Start().UntilLeadingAsync();
        await Other.DeleteAsync(Cancel);
        await Other.CreateHeldAsync("b", durationSeconds: 15, Cancel);
        await a.UntilEndedAsync();
        await a.UntilSeesAsync("b");

        Assert.Single(a.Terms);
        Assert.False(a.Elector.IsLeader);
    }

    [Fact, Scenario(15)]
    public async Task CutOff_PastTheDeadline_LeadsAgainAtOnceInANewTerm()
    {
        // A minute's lease with a short deadline: had we to wait for our own record, it would show.
        var a = Add(o =>
        {
            o.LeaseDuration = TimeSpan.FromMinutes(1);
            (o.RenewDeadline, o.RenewInterval) = (Seconds(2), Seconds(0.5));
            (o.RetryPeriod, o.RequestTimeout) = (Seconds(0.5), Seconds(0.5));
        });
        var term = await a.Start().UntilLeadingAsync();
        a.Tap.CutOff = true;
        Assert.Equal(TermEndReason.DeadlinePassed, await a.UntilEndedAsync());

        a.Tap.CutOff = false;
        var started = Now();
        var next = await a.UntilNextTermAsync(term);
        Assert.True(next.FencingToken > term.FencingToken);
        Assert.True(Since(started) < Seconds(30));
        Assert.Equal(1, (await Other.GetAsync(Cancel)).Spec.LeaseTransitions);
    }

    private static void Hourly(LeaderElectionOptions o)
    {
        o.LeaseDuration = TimeSpan.FromHours(5);
        (o.RetryPeriod, o.RequestTimeout) = (Seconds(1), Seconds(5));
    }
}
