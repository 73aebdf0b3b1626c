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
        Assert.Equal(0, service.Ledger.Refused); // The old work had ended before the Lease was released.
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
        // Not of interest here: whether the ledger refused something. A thread may be paused between its term's end and its last write.
        Assert.Equal(1, service.MostLeaders);
        var tokens = service.Ledger.Entries.Select(e => e.Token).ToList();
        Assert.Equal(tokens.Order(), tokens);
        Assert.True(tokens.Distinct().Count() >= 2);
    }
}
