using LeaseElection.TestKit;
using LeaseElection.Tests.Hosting.Shell;

namespace LeaseElection.Tests.Runtime;

/// <summary>Work as users write it, good and bad (scenario 44), and what becomes of it.</summary>
[Collection(nameof(BlocksThreads))]
public sealed class WorkTests
{
    [Fact, Scenario(44)]
    public async Task Work_Throws_StepsDownAndRunsAgainAfterABackoff()
    {
        await using var fixture = new ElectorFixture();
        var runs = 0;
        var term = await fixture.LeadAsync((_, token) => Interlocked.Increment(ref runs) == 1
            ? throw new InvalidOperationException("at once")
            : ElectorFixture.UntilCancelledAsync(token));
        await fixture.UntilEndedAsync();
        Assert.Equal(TermEndReason.WorkFailed, term.EndReason);
        await fixture.Store.UntilWritesAsync(2);

        await fixture.AdvanceUntilAsync(fixture.UntilAsync(c => c.Term is { } next && next != term));

        Assert.Equal("a", fixture.Store.Lease!.Value.Spec.HolderIdentity);
    }

    [Fact, Scenario(44)]
    public async Task Work_ThrowsUnderStopHostWithoutAHost_RunAsyncThrowsItAfterTheRelease()
    {
        await using var fixture = new ElectorFixture(s => s with { WhenWorkFails = WorkFailurePolicy.StopHost });
        await fixture.LeadAsync((_, _) => throw new InvalidOperationException("broken work"));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.Run);
        Assert.Equal("broken work", error.Message);
        Assert.Equal("", fixture.Store.Lease!.Value.Spec.HolderIdentity);
    }

    [Fact, Scenario(44)]
    public async Task Work_ThrowsUnderStopHostInAHost_StopsTheHost()
    {
        await using var fixture = new ElectorFixture(s => s with { WhenWorkFails = WorkFailurePolicy.StopHost }, hosted: true);
        await fixture.LeadAsync((_, _) => throw new InvalidOperationException("broken work"));
        await fixture.HostStopped.Task.WaitAsync(TestContext.Current.CancellationToken);
        await fixture.Run;
    }

    [Fact, Scenario(44)]
    public async Task Work_BlocksSynchronously_DoesNotHoldUpRenewals()
    {
        await using var fixture = new ElectorFixture();
        using var block = new ManualResetEventSlim();
        var term = await fixture.LeadAsync((_, _) =>
        {
            block.Wait(CancellationToken.None);
            return Task.CompletedTask;
        });
        await fixture.AdvanceUntilAsync(fixture.Store.UntilWritesAsync(6));

        Assert.True(term.IsActive);
        block.Set();
    }

    [Fact, Scenario(44)]
    public async Task Work_ThrowsWhileItStops_IsStillReleased()
    {
        await using var fixture = new ElectorFixture();
        await fixture.LeadAsync(async (_, token) =>
        {
            await ElectorFixture.UntilCancelledAsync(token);
            throw new InvalidOperationException("on the way out");
        });
        fixture.BeginStop();
        await fixture.Run;

        Assert.Equal("", fixture.Store.Lease!.Value.Spec.HolderIdentity);
    }

    [Fact, Scenario(24)]
    public async Task Drain_Overrun_StopReturnsAndTheLeaseIsRenewedUntilTheWorkEnds()
    {
        await using var fixture = new ElectorFixture();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await fixture.LeadAsync((_, _) => end.Task);
        fixture.BeginStop();
        await fixture.UntilEndedAsync();
        await fixture.AdvanceUntilAsync(fixture.Run);
        Assert.Equal("a", fixture.Store.Lease!.Value.Spec.HolderIdentity);
        var after = fixture.Store.Writes.Count;
        await fixture.AdvanceUntilAsync(fixture.Store.UntilWritesAsync(after + 1));
        Assert.Equal("a", fixture.Store.Writes[^1].Spec.HolderIdentity);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => fixture.Elector.RunAsync((_, _) => Task.CompletedTask, TestContext.Current.CancellationToken));

        after = fixture.Store.Writes.Count;
        end.SetResult();
        await fixture.Store.UntilWritesAsync(after + 1);
        Assert.Equal("", fixture.Store.Writes[^1].Spec.HolderIdentity);
    }

    [Fact, Scenario(24)]
    public async Task Loss_OverrunUnderStopHostWithoutAHost_RunAsyncThrows()
    {
        await using var fixture = new ElectorFixture(overruns: WorkOverrunPolicy.StopHost);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await fixture.LeadAsync((_, _) => end.Task);
        fixture.Store.Meddle(s => s.Edit(spec => spec with { HolderIdentity = "b" }));
        await fixture.UntilEndedAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => fixture.AdvanceUntilAsync(fixture.Run));
        end.SetResult();
    }

    [Fact, Scenario(24, 43)]
    public async Task Loss_OverrunUnderFailFast_EndsTheProcessFromTheTicker()
    {
        await using var fixture = new ElectorFixture(overruns: WorkOverrunPolicy.FailFast);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await fixture.LeadAsync((_, _) => end.Task);
        fixture.Store.HoldWrites = new(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Time.Advance(TimeSpan.FromSeconds(10.2));
        Assert.False(fixture.FailedFast.Task.IsCompleted);
        fixture.Time.Advance(TimeSpan.FromSeconds(2.4));

        Assert.Contains(
            "still runs", await fixture.FailedFast.Task.WaitAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        end.SetResult();
    }
}
