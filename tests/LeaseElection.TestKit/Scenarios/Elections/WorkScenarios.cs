using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>What the work does, and what becomes of the term.</summary>
public abstract class WorkScenarios(ElectionServer server) : ElectionScenarios(server)
{
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact, Scenario(29)]
    public async Task StepDown_FromInsideTheWork_HandsOver()
    {
        var (a, b, term) = await LeaderWithWorkAndStandbyAsync(async (elector, token) =>
        {
            await _go.Task;
            elector.StepDown();
            await CancelledAsync(token);
        });
        _go.SetResult();
        var next = await b.UntilLeadingAsync();

        Assert.Equal(TermEndReason.SteppedDown, term.EndReason);
        Assert.True(next.FencingToken > term.FencingToken);
        await a.UntilSeesAsync(b.Identity);
    }

    [Fact, Scenario(29)]
    public async Task Callback_OfTheTermsTokenBlocks_ThePumpGoesOn()
    {
        using var gate = new ManualResetEventSlim();
        var (a, b, term) = await LeaderWithWorkAndStandbyAsync(async (_, token) =>
        {
            // Callbacks run last first: the work learns of its end before the one that blocks.
            token.Register(gate.Wait);
            var cancelled = CancelledAsync(token);
            _go.SetResult();
            await cancelled;
        });
        try
        {
            await _go.Task; // A callback that is registered too late runs in the work itself, and blocks that.
            a.Elector.StepDown();
            await b.UntilLeadingAsync();
            await a.UntilSeesAsync(b.Identity);
            Assert.False(term.IsActive);
        }
        finally
        {
            gate.Set();
        }
    }

    [Fact, Scenario(44)]
    public async Task Work_Throws_HandsOverAndCampaignsAgain()
    {
        var (a, b, term) = await LeaderWithWorkAndStandbyAsync(async (_, _) =>
        {
            await _go.Task;
            throw new InvalidOperationException("from the work");
        });
        _go.SetResult();
        var between = await b.UntilLeadingAsync();
        Assert.Equal(TermEndReason.WorkFailed, term.EndReason);
        Assert.Equal("from the work", Assert.Single(a.Log.Errors).Error?.Message);

        a.Work = (_, token) => CancelledAsync(token);
        await b.StopAsync();
        var next = await a.UntilNextTermAsync(term);
        Assert.True(next.FencingToken > between.FencingToken);
    }

    [Fact, Scenario(44)]
    public async Task Work_ThrowsAndThatStopsTheHost_RunThrowsItAndTheLeaseIsReleased()
    {
        var (a, b, _) = await LeaderWithWorkAndStandbyAsync(
            async (_, _) =>
            {
                await _go.Task;
                throw new InvalidOperationException("from the work");
            },
            o => o.WhenWorkFails = WorkFailurePolicy.StopHost);
        _go.SetResult();

        Assert.Equal("from the work", (await Assert.ThrowsAsync<InvalidOperationException>(() => a.Run)).Message);
        await b.UntilLeadingAsync();
    }

    [Fact, Scenario(44)]
    public async Task Work_Returns_ResignsAndRunReturns()
    {
        var (a, b, term) = await LeaderWithWorkAndStandbyAsync((_, _) => _go.Task);
        _go.SetResult();
        await a.Run;
        await b.UntilLeadingAsync();

        Assert.Equal(TermEndReason.WorkCompleted, term.EndReason);
    }

    [Fact, Scenario(44)]
    public async Task Work_ReturnsAndIsToldToKeepLeading_LeadsOnUntilStopped()
    {
        var (a, b, term) = await LeaderWithWorkAndStandbyAsync(
            (_, _) => _go.Task, o => o.WhenWorkCompletes = WorkCompletionPolicy.KeepLeading);
        _go.SetResult();
        await a.Tap.UntilWrittenMoreAsync(6);
        Assert.True(term.IsActive);
        Assert.Empty(b.Terms);

        await a.StopAsync();
        await b.UntilLeadingAsync();
    }

    [Fact, Scenario(44)]
    public async Task Work_BlocksItsThread_IsRenewedAndStopped()
    {
        var (a, b, term) = await LeaderWithWorkAndStandbyAsync((_, token) =>
        {
            token.WaitHandle.WaitOne();
            return Task.CompletedTask;
        });
        await a.Tap.UntilWrittenMoreAsync(6);
        Assert.True(term.IsActive);

        await a.StopAsync();
        await b.UntilLeadingAsync();
    }

    [Fact, Scenario(44)]
    public async Task Work_ThrowsWhenItIsCancelled_IsReleasedAllTheSame()
    {
        var (a, b, term) = await LeaderWithWorkAndStandbyAsync(async (_, token) =>
        {
            await CancelledAsync(token);
            throw new InvalidOperationException("on the way out");
        });
        await a.StopAsync();
        await b.UntilLeadingAsync();

        Assert.Equal(TermEndReason.Stopped, term.EndReason);
        Assert.Empty(a.Log.Errors);
        Assert.Single(a.Log.Lines, line => line.Error?.Message == "on the way out");
    }

    private static async Task CancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    private async Task<(Replica Leader, Replica Standby, LeadershipTerm Term)> LeaderWithWorkAndStandbyAsync(
        Func<LeaderElector, CancellationToken, Task> work, Action<LeaderElectionOptions>? configure = null)
    {
        var leader = Add(Configure);
        leader.Work = (_, token) => work(leader.Elector, token);
        var term = await leader.Start().UntilLeadingAsync();
        var standby = Add(Patient).Start();
        await standby.UntilSeesAsync(leader.Identity);
        return (leader, standby, term);

        void Configure(LeaderElectionOptions options)
        {
            Patient(options);
            configure?.Invoke(options);
        }
    }

    // Nothing here waits for an expiry: none is to come of two busy cores either.
    private static void Patient(LeaderElectionOptions options) =>
        (options.LeaseDuration, options.RenewInterval) = (Seconds(15), Seconds(0.5));
}
