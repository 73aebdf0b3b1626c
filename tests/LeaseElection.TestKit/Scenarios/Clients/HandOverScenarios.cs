using LeaseElection.TestKit.Scenarios.Elections;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Clients;

/// <summary>One Lease, and two kinds of electors on it: ours, and somebody else's.</summary>
public abstract class HandOverScenarios(ElectionServer server) : ElectionScenarios(server)
{
    // So long that a candidate which leads before it has passed was not waiting for it.
    protected static CandidateTimings Long { get; } = new(TimeSpan.FromMinutes(10));

    protected static CandidateTimings Short { get; } = new(TimeSpan.FromSeconds(2));

    // The wire carries nothing shorter. For a holder who is to vanish: it does not matter if a busy machine makes him lose it before.
    protected static CandidateTimings Shortest { get; } = new(TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Release_Ours_TheStandbyOfTheOtherKindLeads()
    {
        var ours = AddLike(Long).Start();
        await ours.UntilLeadingAsync();
        await using var theirs = await StartForeignAsync(Long);
        await theirs.UntilSeesAsync(ours.Identity, Cancel);
        await ours.StopAsync();
        await theirs.UntilLeadingAsync(Cancel);

        await AssertHeldAsync(theirs.Identity, transitions: 1);
    }

    [Fact]
    public async Task Release_Ours_ANewcomerOfTheOtherKindLeads()
    {
        var ours = AddLike(Long).Start();
        await ours.UntilLeadingAsync();
        await ours.StopAsync();
        await using var theirs = await StartForeignAsync(Long);
        await theirs.UntilLeadingAsync(Cancel);

        await AssertHeldAsync(theirs.Identity, transitions: 1);
    }

    [Fact]
    public async Task Expiry_WeAreCutOff_WeStopBeforeTheOtherKindLeads()
    {
        var ours = AddLike(Short).Start();
        var term = await ours.UntilLeadingAsync();
        await using var theirs = await StartForeignAsync(Short);
        await theirs.UntilSeesAsync(ours.Identity, Cancel);
        (ours.Tap.CutOff, ours.Tap.NoWatch) = (true, true);
        await theirs.UntilLeadingAsync(Cancel);

        Assert.False(term.IsActive);
        Assert.False(ours.Elector.IsLeader);
        Assert.Equal(TermEndReason.DeadlinePassed, await ours.UntilEndedAsync());
        await AssertHeldAsync(theirs.Identity, transitions: 1);
    }

    [Fact]
    public async Task Expiry_TheOtherKindVanishes_WeLead()
    {
        await using var theirs = await StartForeignAsync(Shortest);
        await theirs.UntilLeadingAsync(Cancel);
        var ours = AddLike(Long).Start();
        await ours.UntilSeesAsync(theirs.Identity);
        await theirs.VanishAsync();
        await ours.UntilLeadingAsync();

        await AssertHeldAsync(ours.Identity, transitions: 1);
    }

    /// <summary>Starts a candidate of the other kind, which campaigns at once.</summary>
    protected abstract Task<IForeignCandidate> StartForeignAsync(CandidateTimings timings);

    /// <summary>One of ours with the same lease, and with as much time for a request as a busy machine may want.</summary>
    protected Replica AddLike(CandidateTimings timings) => Add(o =>
    {
        o.LeaseDuration = timings.LeaseDuration;
        o.RenewDeadline = timings.RenewDeadline;
        o.RenewInterval = timings.LeaseDuration / 10;
        o.RequestTimeout = timings.LeaseDuration * 0.3;
        o.RetryPeriod = timings.RetryPeriod;
    });

    protected async Task AssertHeldAsync(string identity, int transitions)
    {
        var lease = await Other.GetAsync(Cancel);
        Assert.Equal(identity, lease.Spec.HolderIdentity);
        Assert.Equal(transitions, lease.Spec.LeaseTransitions);
    }
}
