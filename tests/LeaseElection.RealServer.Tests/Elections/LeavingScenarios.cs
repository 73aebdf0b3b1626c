namespace LeaseElection.RealServer.Tests.Elections;

public sealed class LeavingScenarios(SharedControlPlane shared) : ElectionScenarios(shared)
{
    [Fact, Scenario(20)]
    public async Task Stop_WhileLeading_RenewsUntilTheWorkHasEndedThenReleases()
    {
        var (a, b, term) = await LeaderAndStandbyAsync();
        a.WorkEndsLate = true;
        a.BeginStop();
        Assert.Equal(TermEndReason.Stopped, await a.UntilEndedAsync());
        Assert.True(term.Token.IsCancellationRequested);

        // Longer than the lease: renewed all the while, and nobody else leads.
        await a.Tap.UntilSentAsync("PUT", a.Tap.Count("PUT") + 6);
        Assert.True(a.Works);
        Assert.Empty(b.Terms);

        a.LetWorkEnd();
        var next = await b.UntilLeadingAsync();
        Assert.False(a.Works);
        Assert.True(next.FencingToken > term.FencingToken);
        await a.Run;
    }

    [Fact, Scenario(21)]
    public async Task Stop_RenewalInFlight_IsStillReleased()
    {
        var (a, b, _) = await LeaderAndStandbyAsync();
        a.Tap.HoldWrites();
        await a.Tap.UntilSentAsync("PUT", a.Tap.Count("PUT") + 1);
        a.BeginStop();
        await a.UntilEndedAsync();
        a.Tap.ReleaseWrites();
        await a.Run;

        await b.UntilLeadingAsync();
        Assert.Equal(2, (await Other.GetAsync(Cancel)).Spec.LeaseTransitions + 1);
    }

    [Fact, Scenario(22)]
    public async Task Release_ConflictsWithOurOwnLostRenewal_IsReleasedAllTheSame()
    {
        var a = Add();
        a.Tap.NoWatch = true;
        await a.Start().UntilLeadingAsync();
        a.Tap.LosesReplies = true;
        await a.Tap.UntilSentAsync("PUT", a.Tap.Count("PUT") + 1);
        a.BeginStop();
        await a.UntilEndedAsync();
        a.Tap.LosesReplies = false;
        await a.Run;

        Assert.Equal("", (await Other.GetAsync(Cancel)).Spec.HolderIdentity);
    }

    [Fact, Scenario(23)]
    public async Task Release_AfterAnotherTookOver_LeavesItsLeaseUntouched()
    {
        var a = Add();
        a.Tap.NoWatch = true;
        await a.Start().UntilLeadingAsync();
        a.Tap.HoldWrites();
        await a.Tap.UntilSentAsync("PUT", a.Tap.Count("PUT") + 1);
        var theirs = await Other.StealAsync("b", durationSeconds: 15, Cancel);
        a.BeginStop();
        await a.UntilEndedAsync();
        a.Tap.ReleaseWrites();
        await a.Run;

        var lease = await Other.GetAsync(Cancel);
        Assert.Equal(theirs.Metadata.ResourceVersion, lease.Metadata.ResourceVersion);
        Assert.Equal("b", lease.Spec.HolderIdentity);
    }

    [Fact, Scenario(25)]
    public async Task Stop_WhileStandby_WritesNothing()
    {
        var (_, b, _) = await LeaderAndStandbyAsync();
        await b.StopAsync();

        Assert.Equal(0, b.Tap.Count("PUT", "POST"));
        Assert.Empty(b.Terms);
    }

    [Fact, Scenario(26)]
    public async Task StepDown_WithAStandby_TheOtherLeadsAndWeCampaignAgain()
    {
        var (a, b, term) = await LeaderAndStandbyAsync();
        a.Elector.StepDown();
        Assert.Equal(TermEndReason.SteppedDown, await a.UntilEndedAsync());
        await b.UntilLeadingAsync();
        await a.UntilSeesAsync(b.Elector.Identity);

        await b.StopAsync();
        var next = await a.UntilNextTermAsync(term);
        Assert.True(next.FencingToken > b.Terms[0].FencingToken);
    }

    [Fact, Scenario(28)]
    public async Task Stop_AcquireInFlight_IsAwaitedAndReleased()
    {
        var a = Add();
        a.Tap.HoldWrites();
        a.Start();
        await a.Tap.UntilSentAsync("POST", 1);
        a.BeginStop();
        a.Tap.ReleaseWrites();
        await a.Run;

        Assert.Empty(a.Terms);
        Assert.Equal("", (await Other.GetAsync(Cancel)).Spec.HolderIdentity);
    }
}
