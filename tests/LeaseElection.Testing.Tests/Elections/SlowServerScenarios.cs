namespace LeaseElection.Testing.Tests.Elections;

public sealed class SlowServerScenarios : EmbeddedScenarios
{
    [Theory, Scenario(33)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Responses_TakeJustUnderTheirTimeout_NeverTwoLeadersAndTheTermEndsOnTime(bool afterTheCommit)
    {
        var (a, b, term) = await LeaderAndStandbyAsync();
        // A request of a lease of 5 s may take 0.67 s.
        var delay = Seconds(0.6);
        using var handle = Api.Faults.Add(
            afterTheCommit ? Fault.DelayAfter(delay) : Fault.DelayBefore(delay), r => IsOfReplicas(r) && !IsWatch(r));
        await handle.UntilHitAsync(4, Cancel);
        Assert.True(term.IsActive, $"the term ended: {term.EndReason}");
        Assert.Empty(b.Terms);

        var gone = Now();
        await Api.TakeDownAsync();
        Assert.Equal(TermEndReason.DeadlinePassed, await a.UntilEndedAsync());
        // The last one may have taken effect, and the watch may have said so.
        var sent = a.Tap.Requests.Last(request => request.IsWrite && request.SentAt < gone).SentAt;
        var late = Since(sent) - a.RenewDeadline;
        Assert.True(late < Seconds(1), $"ended {late} late");
        Assert.False(term.IsActive);
    }

    [Fact, Scenario(53)]
    public async Task Server_RestartedAndRefusesForTwoSeconds_SameTermGoesOn()
    {
        var a = Add(leaseSeconds: 9).Start();
        var term = await a.UntilLeadingAsync();
        await a.Tap.UntilWrittenMoreAsync(1);
        await Api.TakeDownAsync();
        using (var refusals = Api.Faults.Add(Fault.Status(403), IsOfReplicas))
        {
            await Api.BringUpAsync(Cancel);
            await PassAsync(Seconds(2));
            await refusals.UntilHitAsync(2, Cancel);
        }

        await a.Tap.UntilWrittenMoreAsync(2);
        Assert.True(term.IsActive, $"the term ended: {term.EndReason}");
        Assert.Single(a.Terms);
    }
}
