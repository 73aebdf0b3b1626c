namespace TestingYourWorker;

/// <summary>
/// Three replicas, the leader dies, the work goes on; no token goes backwards, and never do two lead at once. With the settings of
/// production: a Lease of 15 seconds.
/// </summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task LeaderStops_AnotherGoesOnAtOnce()
    {
        var (service, leader) = await Service.StartAsync(TimeProvider.System);
        await using var stopping = service;
        var term = leader.Election.Term!;
        await service.Ledger.UntilAsync(e => e.Token == term.FencingToken);

        await leader.StopAsync(); // Drains, releases; a standby sees the release and writes at once.
        await service.Ledger.UntilAsync(e => e.Token > term.FencingToken);

        Assert.Equal(TermEndReason.Stopped, term.EndReason);
        AssertOneAfterTheOther(service);
    }

    [Fact]
    public async Task LeaderIsCutOff_AnotherGoesOnWhenTheLeaseHasExpired()
    {
        var time = new FakeTimeProvider(); // In real time, waiting for a Lease to expire would take its whole duration: a second at least.
        var (service, leader) = await Service.StartAsync(time);
        await using var stopping = service;
        var term = leader.Election.Term!;
        await service.Ledger.UntilAsync(e => e.Token == term.FencingToken);

        leader.CutOff();
        await service.UntilAsync(service.Ledger.UntilAsync(e => e.Token > term.FencingToken));

        Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason); // It knew by itself, and in time.
        AssertOneAfterTheOther(service);
    }

    private static void AssertOneAfterTheOther(Service service)
    {
        Assert.Equal(1, service.MostLeaders);
        Assert.Equal(0, service.Ledger.Refused);
        var tokens = service.Ledger.Entries.Select(e => e.Token).ToList();
        Assert.Equal(tokens.Order(), tokens);
        Assert.True(tokens.Distinct().Count() >= 2);
    }
}
