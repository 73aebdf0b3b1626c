using System.Diagnostics.CodeAnalysis;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>The API server goes away and comes back. The server must be this test's own for the while.</summary>
public abstract class OutageScenarios(ElectionServer server) : ElectionScenarios(server)
{
    // The base's, which disposes of it.
    [SuppressMessage("Usage", "CA2213", Justification = "See above.")]
    private Replica _replica = null!;
    private LeadershipTerm _term = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _replica = Add();
        _term = await _replica.Start().UntilLeadingAsync();
    }

    [Fact, Scenario(30)]
    public async Task Outage_ShorterThanTheMargin_SameTermGoesOn()
    {
        // RenewDeadline - RenewInterval - RetryPeriod of a lease of 5 s is 1.67 s; no answer at all for a second of it.
        var term = _term;
        Server.Freeze();
        await PassAsync(Seconds(1));
        Server.Thaw();
        await _replica.Tap.UntilWrittenMoreAsync(4);

        Assert.True(term.IsActive, $"the term ended: {term.EndReason}");
        Assert.Single(_replica.Terms);
    }

    [Fact, Scenario(31)]
    public async Task Outage_Longer_EndsTheTermOnTimeAndCampaignsAgain()
    {
        var term = _term;
        await Server.TakeDownAsync();
        Assert.Equal(TermEndReason.DeadlinePassed, await _replica.UntilEndedAsync());
        Assert.True(term.EndedToken.IsCancellationRequested);
        Assert.Equal(TimeSpan.Zero, term.Remaining);

        await Server.BringUpAsync();
        var next = await _replica.UntilNextTermAsync(term);
        Assert.True(next.FencingToken > term.FencingToken);
    }
}
