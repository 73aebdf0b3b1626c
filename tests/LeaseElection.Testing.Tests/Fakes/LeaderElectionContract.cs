namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>
/// What every ILeaderElection keeps. Run on the real elector and on the fake, so that a test with the fake proves something about
/// production.
/// </summary>
public abstract class LeaderElectionContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AtFirst_NobodyLeads()
    {
        await using var stage = await OpenAsync();

        Assert.False(stage.Election.IsLeader);
        Assert.Null(stage.Election.Term);
        Assert.Null(stage.Election.LeaderIdentity);
        Assert.NotEmpty(stage.Election.Name);
        Assert.NotEmpty(stage.Election.Identity);
        var log = new ChangeLog(stage.Election);
        Assert.Equal(["nobody"], await log.UntilAsync(1, stage.Election));
    }

    [Fact]
    public async Task Leading_EveryMemberSaysSo()
    {
        await using var stage = await OpenAsync();
        var term = await stage.LeadAsync();

        Assert.True(stage.Election.IsLeader);
        Assert.Same(term, stage.Election.Term);
        Assert.Equal(stage.Election.Identity, stage.Election.LeaderIdentity);
        Assert.True(term.IsActive);
        Assert.Null(term.EndReason);
        Assert.False(term.EndedToken.IsCancellationRequested);
        Assert.InRange(term.Remaining, TimeSpan.FromTicks(1), TimeSpan.FromDays(1));
        Assert.True(term.FencingToken > 0);
        term.ThrowIfEnded();
    }

    [Fact]
    public async Task AnotherTakesOver_TheTermEndsSupersededAndTheOtherIsReported()
    {
        await using var stage = await OpenAsync();
        var term = await stage.LeadAsync();
        await stage.HandToAsync("b");
        await stage.UntilAsync(c => c.LeaderIdentity == "b");

        AssertEnded(stage, term, TermEndReason.Superseded);
        Assert.Equal("b", stage.Election.LeaderIdentity);
    }

    [Fact]
    public async Task AnotherLeadsFromTheStart_IsReportedAndNoTermEver()
    {
        await using var stage = await OpenAsync();
        await stage.HandToAsync("b");
        var change = await stage.UntilAsync(c => c.LeaderIdentity == "b");

        Assert.Equal(new LeadershipChange { LeaderIdentity = "b" }, change);
        Assert.False(stage.Election.IsLeader);
        Assert.Null(stage.Election.Term);
    }

    [Fact]
    public async Task StepDown_WhileLeading_EndsTheTermAndNobodyLeads()
    {
        await using var stage = await OpenAsync();
        var term = await stage.LeadAsync();
        stage.Election.StepDown();
        var change = await stage.UntilAsync(c => c.Term != term);

        AssertEnded(stage, term, TermEndReason.SteppedDown);
        Assert.Equal(new LeadershipChange { EndReason = TermEndReason.SteppedDown }, change);
    }

    [Fact]
    public async Task Pause_EndsTheTermAndNoneBeginsBeforeResume()
    {
        await using var stage = await OpenAsync();
        var first = await stage.LeadAsync();
        Assert.False(stage.Election.IsPaused);
        stage.Election.Pause();
        var change = await stage.UntilAsync(c => c.Term != first);
        AssertEnded(stage, first, TermEndReason.Paused);
        Assert.Equal(new LeadershipChange { EndReason = TermEndReason.Paused }, change);
        Assert.True(stage.Election.IsPaused);

        stage.Election.Resume();
        var second = await stage.LeadAsync();
        Assert.False(stage.Election.IsPaused);
        Assert.True(second.FencingToken > first.FencingToken);
    }

    [Fact]
    public async Task StepDown_WhileAnotherLeads_DoesNothing()
    {
        await using var stage = await OpenAsync();
        await stage.HandToAsync("b");
        await stage.UntilAsync(c => c.LeaderIdentity == "b");
        stage.Election.StepDown();
        var term = await stage.LeadAsync();

        Assert.True(term.IsActive);
    }

    [Fact]
    public async Task Deadline_Passes_TheFirstReadEndsTheTerm()
    {
        await using var stage = await OpenAsync();
        var term = await stage.LeadAsync();
        await stage.ExpireAsync();

        Assert.False(stage.Election.IsLeader);
        AssertEnded(stage, term, TermEndReason.DeadlinePassed);
        await stage.UntilAsync(c => c is { Term: null, LeaderIdentity: null, EndReason: TermEndReason.DeadlinePassed });
    }

    [Fact]
    public async Task Deadline_PassesUnread_TheTokenIsCancelledAndTheChangeTold()
    {
        await using var stage = await OpenAsync();
        var term = await stage.LeadAsync();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = term.EndedToken.Register(cancelled.SetResult);
        var log = new ChangeLog(stage.Election);
        await stage.ExpireAsync();

        await cancelled.Task.WaitAsync(Cancel);
        Assert.Equal(["we lead", "nobody DeadlinePassed"], (await log.UntilAsync(2, stage.Election))[..2]);
    }

    [Fact]
    public async Task NextTerm_IsAnotherOneWithALargerToken()
    {
        await using var stage = await OpenAsync();
        var first = await stage.LeadAsync();
        await stage.HandToAsync("b");
        await stage.UntilAsync(c => c.LeaderIdentity == "b");
        var second = await stage.LeadAsync();

        Assert.True(second.FencingToken > first.FencingToken);
        Assert.True(second.IsActive);
        AssertOver(first, TermEndReason.Superseded);
    }

    [Fact]
    public async Task Watch_TellsTheLatestFirstThenEveryChangeOnce()
    {
        await using var stage = await OpenAsync();
        var early = new ChangeLog(stage.Election);
        var first = await stage.LeadAsync();
        stage.Election.StepDown();
        await stage.UntilAsync(c => c.Term != first);
        var second = await stage.LeadAsync();
        await stage.HandToAsync("b");
        await stage.UntilAsync(c => c.LeaderIdentity == "b");
        var late = new ChangeLog(stage.Election);
        await stage.HandToAsync("c");
        await stage.UntilAsync(c => c.LeaderIdentity == "c");
        await stage.LeadAsync();

        string[] all =
            ["nobody", "we lead", "nobody SteppedDown", "we lead", "b Superseded", "c Superseded", "nobody Superseded", "we lead"];
        Assert.Equal(all, await early.UntilAsync(all.Length, stage.Election));
        Assert.Equal(all[4..], await late.UntilAsync(4, stage.Election));
        Assert.Equal([first, second], early.Changes.Select(c => c.Term).OfType<LeadershipTerm>().Take(2));
    }

    [Fact]
    public async Task Watch_ByASlowReader_LeavesNothingOut()
    {
        await using var stage = await OpenAsync();
        await using var slow = stage.Election.WatchAsync(Cancel).GetAsyncEnumerator(Cancel);
        await slow.MoveNextAsync();
        var first = await stage.LeadAsync();
        await stage.HandToAsync("b");
        await stage.UntilAsync(c => c.LeaderIdentity == "b");
        var second = await stage.LeadAsync();

        var seen = new List<LeadershipTerm?>();
        do
        {
            await slow.MoveNextAsync();
            seen.Add(slow.Current.Term);
        }
        while (slow.Current.Term != second);
        Assert.Equal([first, null, null, second], seen);
    }

    [Fact]
    public async Task Watch_Cancelled_ThrowsAtTheNextChange()
    {
        await using var stage = await OpenAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var watching = stage.Election.WatchAsync(stop.Token).GetAsyncEnumerator(Cancel);
        await watching.MoveNextAsync();
        var next = watching.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Wait_BeforeAndWhileLeading_GivesTheTerm()
    {
        await using var stage = await OpenAsync();
        var before = stage.Election.WaitForLeadershipAsync(Cancel);
        Assert.False(before.IsCompleted);
        var term = await stage.LeadAsync();

        Assert.Same(term, await before);
        Assert.Same(term, await stage.Election.WaitForLeadershipAsync(Cancel));
    }

    [Fact]
    public async Task Wait_Cancelled_Throws()
    {
        await using var stage = await OpenAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var waiting = stage.Election.WaitForLeadershipAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Dispose_WhileLeading_EndsTheTermTheWatchesAndTheWaits()
    {
        await using var stage = await OpenAsync();
        var term = await stage.LeadAsync();
        var log = new ChangeLog(stage.Election);
        await stage.EndAsync();
        await log.Ended.WaitAsync(Cancel);

        AssertEnded(stage, term, TermEndReason.Stopped);
        Assert.Equal(["we lead", "nobody Stopped"], await log.UntilAsync(2, stage.Election));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Election.WaitForLeadershipAsync(Cancel));
        stage.Election.StepDown();
    }

    /// <summary>Opens the stage that the contract is checked on.</summary>
    private protected abstract Task<ElectionStage> OpenAsync();

    private static void AssertEnded(ElectionStage stage, LeadershipTerm term, TermEndReason reason)
    {
        AssertOver(term, reason);
        Assert.False(stage.Election.IsLeader);
        Assert.Null(stage.Election.Term);
    }

    private static void AssertOver(LeadershipTerm term, TermEndReason reason)
    {
        Assert.False(term.IsActive);
        Assert.Equal(reason, term.EndReason);
        Assert.True(term.EndedToken.IsCancellationRequested);
        Assert.Equal(TimeSpan.Zero, term.Remaining);
        Assert.Equal(term.EndedToken, Assert.Throws<OperationCanceledException>(term.ThrowIfEnded).CancellationToken);
    }
}
