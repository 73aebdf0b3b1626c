using System.Diagnostics.CodeAnalysis;

namespace LeaseElection.RealServer.Tests.Elections;

/// <summary>The API server goes away and comes back.</summary>
[Collection(nameof(DisturbsServers))]
public sealed class OutageScenarios(SharedControlPlane shared) : IAsyncLifetime
{
    // The fixture's, which disposes of it.
    [SuppressMessage("Usage", "CA2213", Justification = "See above.")]
    private ControlPlane _plane = null!;
    private Replica _replica = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await shared.GetOwnAsync();
        var ns = await _plane.CreateNamespaceAsync(TestContext.Current.CancellationToken);
        _replica = new(_plane.Administrator.Configuration(), ns, "outage");
        await _replica.Start().UntilLeadingAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.ApiServer.RecoverAsync(CancellationToken.None);
        await _replica.DisposeAsync();
    }

    [Fact, Scenario(30)]
    public async Task Outage_ShorterThanTheMargin_SameTermGoesOn()
    {
        // RenewDeadline - RenewInterval - RetryPeriod of a lease of 5 s is 1.67 s; no answer at all for a second of it.
        var term = _replica.Terms[0];
        _plane.ApiServer.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        _plane.ApiServer.Thaw();
        await _replica.Tap.UntilSentAsync("PUT", _replica.Tap.Count("PUT") + 5);

        Assert.True(term.IsActive, $"the term ended: {term.EndReason}");
        Assert.Single(_replica.Terms);
    }

    [Fact, Scenario(31)]
    public async Task Outage_Longer_EndsTheTermOnTimeAndCampaignsAgain()
    {
        var term = _replica.Terms[0];
        await _plane.ApiServer.StopAsync();
        Assert.Equal(TermEndReason.DeadlinePassed, await _replica.UntilEndedAsync());
        Assert.True(term.Token.IsCancellationRequested);
        Assert.Equal(TimeSpan.Zero, term.Remaining);

        await _plane.ApiServer.StartAsync(TestContext.Current.CancellationToken);
        var next = await _replica.UntilNextTermAsync(term);
        Assert.True(next.FencingToken > term.FencingToken);
    }
}
