using LeaseElection.Tests.Hosting.Shell;

namespace LeaseElection.Tests.Runtime;

/// <summary>StepDownAsync and PauseAsync end when it has happened: the work has ended, and the Lease is released.</summary>
[Collection(nameof(BlocksThreads))]
public sealed class LeavingTests
{
    private readonly TaskCompletionSource _work = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leader_TheTaskEndsWithTheRelease(bool pauses)
    {
        await using var fixture = new ElectorFixture();
        var term = await fixture.LeadAsync((_, _) => _work.Task);
        var leaving = Leave(fixture, pauses);
        await fixture.AdvanceAsync(3);
        Assert.Equal(pauses ? TermEndReason.Paused : TermEndReason.SteppedDown, term.EndReason);
        Assert.False(leaving.IsCompleted);

        _work.SetResult();
        await fixture.AdvanceUntilAsync(leaving);
        Assert.Equal("", fixture.Store.Lease!.Value.Spec.HolderIdentity);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Standby_TheTaskEndsAtOnce(bool pauses)
    {
        await using var fixture = new ElectorFixture();
        await fixture.StandByAsync("b");
        var leaving = Leave(fixture, pauses);
        await fixture.AdvanceAsync(0);

        Assert.True(leaving.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BeforeItRuns_TheTaskHasEnded(bool pauses)
    {
        await using var fixture = new ElectorFixture();

        Assert.True(Leave(fixture, pauses).IsCompletedSuccessfully);
        Assert.Equal(pauses, fixture.Elector.IsPaused);
    }

    [Fact]
    public async Task Cancelled_GivesUpWaiting_AndTheReplicaLeavesAllTheSame()
    {
        await using var fixture = new ElectorFixture();
        var term = await fixture.LeadAsync((_, _) => _work.Task);
        using var enough = new CancellationTokenSource();
        var leaving = fixture.Elector.StepDownAsync(enough.Token);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        await fixture.UntilEndedAsync();
        Assert.Equal(TermEndReason.SteppedDown, term.EndReason);
        _work.SetResult();
    }

    [Fact]
    public async Task Run_IsOverMeanwhile_EndsTheTaskToo()
    {
        await using var fixture = new ElectorFixture();
        await fixture.LeadAsync((_, _) => _work.Task);
        var leaving = fixture.Elector.StepDownAsync(TestContext.Current.CancellationToken);
        fixture.BeginStop();
        _work.SetResult();
        await fixture.AdvanceUntilAsync(fixture.Run);
        await fixture.AdvanceUntilAsync(leaving);

        Assert.True(fixture.Elector.StepDownAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    private static Task Leave(ElectorFixture fixture, bool pauses) =>
        pauses
            ? fixture.Elector.PauseAsync(TestContext.Current.CancellationToken)
            : fixture.Elector.StepDownAsync(TestContext.Current.CancellationToken);
}
