using LeaseElection.TestKit;
using LeaseElection.Tests.Election;
using LeaseElection.Tests.Hosting.Shell;

namespace LeaseElection.Tests.Runtime;

[Collection(nameof(BlocksThreads))]
public sealed class LeaderElectorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_WhenItStarts_FindsItselfLeading()
    {
        await using var fixture = new ElectorFixture();
        var seen = new TaskCompletionSource<(bool IsLeader, long? Token, string? Leader)>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        var term = await fixture.LeadAsync((_, token) =>
        {
            seen.SetResult((fixture.Elector.IsLeader, fixture.Elector.Term?.FencingToken, fixture.Elector.LeaderIdentity));
            return ElectorFixture.UntilCancelledAsync(token);
        });
        Assert.Equal((true, term.FencingToken, "a"), await seen.Task);
        fixture.BeginStop();
        await fixture.Run;

        Assert.Equal(TermEndReason.Stopped, term.EndReason);
        Assert.False(fixture.Elector.IsLeader);
        Assert.Equal("", fixture.Store.Lease!.Value.Spec.HolderIdentity);
        Assert.Equal(1, fixture.Store.Disposals);
    }

    [Fact, Scenario(31, 43)]
    public async Task Deadline_StoreHangs_FirstReadSaysNotLeaderAndTheTokenIsCancelled()
    {
        await using var fixture = new ElectorFixture();
        var term = await fixture.LeadAsync();
        fixture.Store.HoldWrites = new(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.True(term.IsActive);
        fixture.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(fixture.Elector.IsLeader);
        Assert.Null(fixture.Elector.Term);
        Assert.Equal(TimeSpan.Zero, term.Remaining);
        Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason);
        Assert.True(term.EndedToken.IsCancellationRequested);
        Assert.Equal(term.EndedToken, Assert.Throws<OperationCanceledException>(term.ThrowIfEnded).CancellationToken);
        await fixture.UntilEndedAsync();
    }

    [Fact, Scenario(51)]
    public async Task Suspend_NobodyReads_TheTickerCancelsTheTokenWithin250Milliseconds()
    {
        await using var fixture = new ElectorFixture();
        var term = await fixture.LeadAsync();
        fixture.Time.StepWall(TimeSpan.FromHours(-1));
        fixture.Time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.False(term.EndedToken.IsCancellationRequested);
        fixture.Time.Suspend(TimeSpan.FromSeconds(20));
        fixture.Time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.True(term.EndedToken.IsCancellationRequested);
        await fixture.UntilEndedAsync();
    }

    [Fact, Scenario(52)]
    public async Task Renewal_ReplyAfterTheDeadline_RevivesNothing()
    {
        await using var fixture = new ElectorFixture();
        var term = await fixture.LeadAsync();
        fixture.Store.HoldWrites = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // In steps: the loop may be taking its own echo just now, and arms its timer from the time at which it began to.
        await fixture.AdvanceUntilAsync(fixture.Store.UntilWritesAsync(2));
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        fixture.Store.HoldWrites.SetResult();
        fixture.Store.HoldWrites = null;
        await fixture.AdvanceUntilAsync(fixture.UntilAsync(c => c.Term is { } next && next != term));

        Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason);
        Assert.False(term.IsActive);
    }

    [Fact, Scenario(29)]
    public async Task StepDown_FromInsideTheWork_ReturnsAndEndsTheTerm()
    {
        await using var fixture = new ElectorFixture();
        var term = await fixture.LeadAsync(async (_, token) =>
        {
            fixture.Elector.StepDown();
            await ElectorFixture.UntilCancelledAsync(token);
        });
        await fixture.UntilEndedAsync();

        Assert.Equal(TermEndReason.SteppedDown, term.EndReason);
        await fixture.Store.UntilWritesAsync(2);
    }

    [Fact]
    public async Task Use_WhileLeading_TheTermKeepsItsOwnSettingsAndTheNextHasTheNew()
    {
        await using var fixture = new ElectorFixture();
        await fixture.LeadAsync();
        var longer = World.Defaults("another") with { LeaseDuration = TimeSpan.FromSeconds(30), RenewDeadline = TimeSpan.FromSeconds(20) };
        Assert.True(fixture.Elector.Use(longer));
        Assert.False(fixture.Elector.Use(longer));
        await fixture.AdvanceUntilAsync(fixture.Store.UntilWritesAsync(2));
        fixture.Elector.StepDown();
        await fixture.AdvanceUntilAsync(() => fixture.Store.Lease?.Spec.LeaseDurationSeconds == 30);

        // How many renewals there were is the threads' matter.
        var writes = fixture.Store.Writes.ToList();
        var release = writes.FindIndex(static w => !w.Spec.HasHolder);
        Assert.True(release >= 2);
        Assert.All(writes.Take(release), static w => Assert.Equal(15, w.Spec.LeaseDurationSeconds));
        Assert.Equal(("a", 30), (writes[release + 1].Spec.HolderIdentity, writes[release + 1].Spec.LeaseDurationSeconds));
    }

    [Fact]
    public async Task Pause_BeforeTheRunAndInIt_IsHeardInOrder()
    {
        await using var fixture = new ElectorFixture();
        fixture.Elector.Pause();
        var leading = fixture.LeadAsync();
        await fixture.AdvanceAsync(5);
        Assert.True(fixture.Elector.IsPaused);
        Assert.Empty(fixture.Store.Writes);

        fixture.Elector.Resume();
        fixture.Elector.Pause();
        fixture.Elector.Resume();
        var term = await leading;
        fixture.Elector.Pause();
        await fixture.UntilEndedAsync();
        Assert.Equal(TermEndReason.Paused, term.EndReason);
        Assert.False(fixture.Elector.IsLeader);
    }

    [Fact, Scenario(29)]
    public async Task CancellationCallbacks_ThatBlock_DoNotHoldUpThePump()
    {
        await using var fixture = new ElectorFixture();
        using var block = new ManualResetEventSlim();
        await fixture.LeadAsync((_, token) =>
        {
            // The loop goes on: the term's end is published, and the Lease renewed, while this callback sits there. It was registered
            // last and runs first, so the work does not even hear of the end before it is through.
            var work = ElectorFixture.UntilCancelledAsync(token);
            token.Register(() => block.Wait(CancellationToken.None));
            return work;
        });
        fixture.Elector.StepDown();
        await fixture.UntilEndedAsync();
        await fixture.AdvanceUntilAsync(fixture.Store.UntilWritesAsync(2));

        Assert.Equal("a", fixture.Store.Writes[1].Spec.HolderIdentity);
        block.Set();
        await fixture.Store.UntilWritesAsync(3);
    }

    [Fact]
    public async Task WatchAsync_TellsTheLatestFirstThenEveryChange()
    {
        await using var fixture = new ElectorFixture();
        var changes = new List<string>();
        var watching = FollowAsync(); // Has the first state when this returns.
        await fixture.LeadAsync();
        fixture.Store.Meddle(s => s.Edit(spec => spec with { HolderIdentity = "b" }));
        await fixture.UntilAsync(c => c.LeaderIdentity == "b");
        await fixture.DisposeAsync();
        await watching;

        Assert.Equal(["nobody/False/", "a/True/", "b/False/Superseded"], changes);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Elector.WaitForLeadershipAsync(Cancel));

        async Task FollowAsync()
        {
            await foreach (var change in fixture.Elector.WatchAsync(Cancel))
                changes.Add($"{change.LeaderIdentity ?? "nobody"}/{change.IsLeader}/{change.EndReason}");
        }
    }

    [Fact]
    public async Task RunAsync_TwiceAtOnce_IsRefusedAndAgainAfterAStopWorks()
    {
        await using var fixture = new ElectorFixture();
        var first = await fixture.LeadAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.Elector.RunAsync((_, _) => Task.CompletedTask, Cancel));
        fixture.BeginStop();
        await fixture.Run;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var second = fixture.Elector.RunAsync((_, token) => ElectorFixture.UntilCancelledAsync(token), stop.Token);
        var term = (await fixture.UntilAsync(c => c.IsLeader)).Term!;
        Assert.True(term.FencingToken > first.FencingToken);
        await stop.CancelAsync();
        await second;
    }

    [Fact]
    public async Task RunAsync_AlreadyCancelled_NeverLeads()
    {
        await using var fixture = new ElectorFixture();
        await fixture.Elector.RunAsync(
            (_, _) => throw new InvalidOperationException("must not run"), new CancellationToken(canceled: true));

        Assert.Empty(fixture.Store.Writes);
    }

    [Fact, Scenario(40)]
    public async Task Store_ThatThrows_NeverLetsAnExceptionEscape()
    {
        await using var fixture = new ElectorFixture();
        var term = await fixture.LeadAsync();
        fixture.Store.Throws = true;
        await fixture.AdvanceUntilAsync(fixture.UntilEndedAsync());
        Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason);
        fixture.Store.Throws = false;
        await fixture.AdvanceUntilAsync(fixture.UntilAsync(c => c.Term is { } next && next != term));
    }

    [Fact]
    public async Task Store_ThatThrowsWhileItIsClosed_DoesNotHoldUpTheStop()
    {
        await using var fixture = new ElectorFixture(s => s with { ReleaseOnStop = false });
        await fixture.LeadAsync();
        fixture.Store.Throws = true;
        fixture.BeginStop();
        await fixture.Run.WaitAsync(Cancel);

        Assert.True(fixture.Run.IsCompletedSuccessfully);
        Assert.Equal(1, fixture.Store.Disposals);
    }

    [Fact]
    public async Task DisposeAsync_WhileLeading_StopsGracefully()
    {
        var fixture = new ElectorFixture();
        var term = await fixture.LeadAsync();
        await fixture.Elector.DisposeAsync();

        Assert.Equal(TermEndReason.Stopped, term.EndReason);
        Assert.Equal("", fixture.Store.Lease!.Value.Spec.HolderIdentity);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => fixture.Elector.RunAsync((_, _) => Task.CompletedTask, Cancel));
        await fixture.DisposeAsync();
    }

    [Fact]
    public async Task Run_WhoseLoopBrokeDown_NoOtherBeginsWhileItsWorkRuns()
    {
        await using var fixture = new ElectorFixture(overruns: WorkOverrunPolicy.FailFast);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await fixture.LeadAsync((_, _) => end.Task);
        fixture.OnFailFast = static () => throw new InvalidOperationException("a defect, on the loop");
        fixture.Store.Meddle(server => server.Edit(s => s with { HolderIdentity = "b" }));
        await Assert.ThrowsAnyAsync<Exception>(() => fixture.AdvanceUntilAsync(fixture.Run));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => fixture.Elector.RunAsync((_, _) => Task.CompletedTask, TestContext.Current.CancellationToken));

        end.SetResult();
    }

    [Fact, Scenario(56)]
    public async Task Callback_OnTheWatchsToken_Throws_StopReturns()
    {
        await using var fixture = new ElectorFixture();
        fixture.Store.OnWatch = token => token.Register(static () => throw new InvalidOperationException("of a credential provider"));
        await fixture.LeadAsync();
        fixture.BeginStop();
        await fixture.AdvanceUntilAsync(fixture.Run);

        Assert.Equal("", fixture.Store.Lease!.Value.Spec.HolderIdentity);
    }
}
