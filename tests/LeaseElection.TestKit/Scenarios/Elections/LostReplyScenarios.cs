using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>The server took a write, and its sender does not hear of it, or too late.</summary>
public abstract class LostReplyScenarios(ElectionServer server) : ElectionScenarios(server)
{
    [Theory, Scenario(32)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_ReplyLost_IsAdoptedWithItsSendTime(bool slowly)
    {
        var a = Add();
        await LosesFirstWriteAsync(a, "POST", slowly);
    }

    [Theory, Scenario(32)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Acquire_ReplyLost_IsAdoptedWithItsSendTime(bool slowly)
    {
        await Other.CreateAsync(new() { HolderIdentity = "", LeaseDurationSeconds = 1 }, Cancel);
        var a = Add();
        await LosesFirstWriteAsync(a, "PUT", slowly);
        Assert.Equal(0, a.Tap.Count("POST"));
    }

    [Theory, Scenario(32)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Renewal_ReplyLost_TheTermGoesOn(bool watches)
    {
        var a = Add();
        a.Tap.NoWatch = !watches;
        var term = await a.Start().UntilLeadingAsync();
        a.Tap.LosesReplies = true;
        await a.Tap.UntilWrittenMoreAsync(1);
        a.Tap.LosesReplies = false;
        // The next is refused where the lost one counts: with the first that is not, all is well again.
        await a.Tap.UntilWrittenMoreAsync(3);

        Assert.True(term.IsActive, $"the term ended: {term.EndReason}");
        Assert.Single(a.Terms);
    }

    [Fact, Scenario(32)]
    public async Task Release_ReplyLost_IsNotRepeatedAndTheStandbyLeads()
    {
        var (a, b, term) = await LeaderAndStandbyAsync();
        a.Tap.LosesReplies = true;
        a.BeginStop();
        var next = await b.UntilLeadingAsync();
        await a.Run;

        Assert.True(next.FencingToken > term.FencingToken);
        Assert.True(next.IsActive);
        Assert.Single(b.Terms);
        Assert.Equal(b.Identity, (await Other.GetAsync(Cancel)).Spec.HolderIdentity);
    }

    [Fact, Scenario(52)]
    public async Task Renewal_ReplyComesAfterTheDeadline_TheTermStaysEnded()
    {
        var a = Add(leaseSeconds: 3);
        a.Tap.NoWatch = true;
        var term = await a.Start().UntilLeadingAsync();
        a.Tap.HoldReplies(reads: true);
        Assert.Equal(TermEndReason.DeadlinePassed, await a.UntilEndedAsync());
        Assert.True(a.Tap.Requests.Any(request => request.Kind == "PUT" && request.Succeeded), "no renewal took effect");
        a.Tap.ReleaseWrites();
        var next = await a.UntilNextTermAsync(term);

        Assert.False(term.IsActive);
        Assert.True(term.EndedToken.IsCancellationRequested);
        Assert.True(next.FencingToken > term.FencingToken);
    }

    private async Task LosesFirstWriteAsync(Replica a, string kind, bool slowly)
    {
        a.Tap.LosesReplies = true;
        // Slowly: silence until the request's own timeout, instead of a reset at once.
        if (slowly)
            a.Tap.HoldReplies();
        var term = await a.Start().UntilLeadingAsync();
        var sent = a.Tap.Requests.First(request => request.IsWrite);
        var elapsed = Since(sent.SentAt);
        var remaining = term.Remaining;
        a.Tap.LosesReplies = false;
        a.Tap.ReleaseWrites();

        Assert.Equal(kind, sent.Kind);
        Assert.True(remaining <= a.RenewDeadline - elapsed, $"{remaining} remain {elapsed} after the send");
        await a.Tap.UntilWrittenMoreAsync(2);
        Assert.True(term.IsActive);
        Assert.Single(a.Terms);
        // A second acquisition would count once more.
        Assert.Equal(kind == "POST" ? 0 : 1, (await Other.GetAsync(Cancel)).Spec.LeaseTransitions);
    }
}
