namespace TestingYourWorker;

/// <summary>The API server in trouble: faults on demand, and a log of all requests to look at afterwards.</summary>
public sealed class TroubleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReplyToARenewal_IsLost_TheTermGoesOn()
    {
        var (service, leader) = await Service.StartAsync(TimeProvider.System, RenewOften);
        await using var stopping = service;
        var term = leader.Election.Term!;

        // The server commits, then resets the connection: the leader cannot know that its renewal took effect.
        using var fault = service.Server.Faults.Add(Fault.LoseReply(), request => request.Verb == "update", times: 1);
        await fault.UntilHitAsync(cancellationToken: Cancel);
        await UntilRenewedAsync(service, leader);

        Assert.True(term.IsActive);
    }

    [Fact]
    public async Task ApiServer_Restarts_TheTermGoesOn()
    {
        var (service, leader) = await Service.StartAsync(TimeProvider.System, RenewOften);
        await using var stopping = service;
        var term = leader.Election.Term!;

        await service.Server.TakeDownAsync(); // All connections are reset, and nobody listens.
        await service.Server.BringUpAsync(Cancel); // On the same port, with the same Leases.
        await UntilRenewedAsync(service, leader);

        Assert.True(term.IsActive);
    }

    [Fact]
    public async Task Standbys_WatchAndDoNotWrite()
    {
        var (service, leader) = await Service.StartAsync(TimeProvider.System, RenewOften);
        await using var stopping = service;
        service.Server.Requests.Clear(); // At the start, all three may have tried.
        await UntilRenewedAsync(service, leader);

        Assert.DoesNotContain(service.Server.Requests.All, request => request.IsWrite && request.User != leader.Name);
    }

    // The deadline stays where it is, at 10 seconds: on a busy machine a test should not lose a term for want of a processor.
    private static void RenewOften(LeaderElectionOptions options) =>
        (options.RenewInterval, options.RetryPeriod) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));

    private static async Task UntilRenewedAsync(Service service, Replica leader)
    {
        var before = service.Server.Requests.All.Count > 0 ? service.Server.Requests.All[^1].Number : 0;
        await service.Server.Requests.UntilAsync(
            request => request.Number > before && request.User == leader.Name && request is { Verb: "update", StatusCode: 200 },
            cancellationToken: Cancel);
    }
}
