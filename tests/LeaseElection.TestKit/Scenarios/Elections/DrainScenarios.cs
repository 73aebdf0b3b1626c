using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>Work that does not end when it should: we renew while it runs, and never release under it.</summary>
public abstract class DrainScenarios(ElectionServer server) : ElectionScenarios(server)
{
    [Theory, Scenario(24)]
    [InlineData(WorkOverrunPolicy.Log)]
    [InlineData(WorkOverrunPolicy.StopHost)]
    [InlineData(WorkOverrunPolicy.FailFast)]
    public async Task Stop_WorkOutlivesTheDrain_IsRenewedWhileItRunsAndNeverReleasedUnderIt(WorkOverrunPolicy policy)
    {
        var (a, b, _) = await LeaderAndStandbyAsync(o =>
        {
            (o.LeaseDuration, o.DrainTimeout) = (Seconds(5), Seconds(0.5));
            o.WhenWorkOverruns = policy;
        });
        a.WorkEndsLate = true;
        a.BeginStop();
        // The stop returns all the same.
        if (policy == WorkOverrunPolicy.StopHost)
            await Assert.ThrowsAsync<TimeoutException>(() => a.Run);
        else
            await a.Run;
        if (policy == WorkOverrunPolicy.FailFast)
            Assert.Contains("still runs", await a.FailedFast.Task.WaitAsync(Cancel), StringComparison.Ordinal);
        Assert.Single(a.Log.Errors, line => line.Message.StartsWith("Overrun", StringComparison.Ordinal));

        // Longer than the lease.
        await a.Tap.UntilWrittenMoreAsync(6);
        Assert.True(a.Works);
        Assert.Empty(b.Terms);
        Assert.Equal(a.Identity, (await Other.GetAsync(Cancel)).Spec.HolderIdentity);

        a.LetWorkEnd();
        await b.UntilLeadingAsync();
        Assert.False(a.Works);
    }

    [Fact, Scenario(44)]
    public async Task Loss_WorkIgnoresIt_NoNewTermBeginsBesideIt()
    {
        var (a, b, term) = await LeaderAndStandbyAsync(o => (o.LeaseDuration, o.WhenWorkOverruns) = (Seconds(5), WorkOverrunPolicy.Log));
        a.WorkEndsLate = true;
        await Other.StealAsync("c", durationSeconds: 1, Cancel);
        Assert.Equal(TermEndReason.Superseded, await a.UntilEndedAsync());

        // The one whose work is over takes it, and gives it back: the other one may not have it yet.
        var between = await b.UntilLeadingAsync();
        await b.StopAsync();
        await PassAsync(Seconds(1));
        Assert.Single(a.Terms);
        Assert.Equal("", (await Other.GetAsync(Cancel)).Spec.HolderIdentity);

        a.LetWorkEnd();
        var next = await a.UntilNextTermAsync(term);
        Assert.True(next.FencingToken > between.FencingToken);
    }
}
