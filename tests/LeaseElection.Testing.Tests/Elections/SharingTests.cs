namespace LeaseElection.Testing.Tests.Elections;

/// <summary>Two processes, as it were, with many elections each: what they share, and that it works.</summary>
public sealed class SharingTests
{
    private const int Elections = 12;
    private const int Single = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Elections_OfOneConfiguration_ShareAConnectionAndAWatch_AndHandOverAllTheSame()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        var leaders = Electors(server);
        await LeadAsync(leaders);
        await server.Requests.UntilAsync(IsOpenWatch, Single + 1, Cancel);
        Assert.Equal(Single, server.Requests.Count(r => IsOpenWatch(r) && r.Query.Contains("fieldSelector", StringComparison.Ordinal)));
        Assert.Equal((Single + 1, 1), (server.OpenWatches, server.OpenConnections));

        var standbys = Electors(server);
        foreach (var standby in standbys)
            Run(standby);
        await Task.WhenAll(standbys.Select((s, i) => SeesAsync(s, leaders[i].Identity)));
        await Task.WhenAll(leaders.Select(l => l.DisposeAsync().AsTask()));
        await Task.WhenAll(standbys.Select(s => s.WaitForLeadershipAsync(TestContext.Current.CancellationToken)));

        // One read each, and one more where the common watch had begun later; a release that it had not told would have been found by a
        // third, 100 s later.
        Assert.InRange(server.Requests.Count(r => r.Verb == "get"), 2 * Elections, 4 * Elections);
        Assert.Equal(0, server.Requests.Count(r => r.IsWrite && r.StatusCode is not (200 or 201)));
        foreach (var standby in standbys)
            await standby.DisposeAsync();
        await UntilAsync(() => server.OpenConnections == 0);
    }

    [Fact]
    public async Task Role_ThatNamesItsLeases_IsWatchedOneByOne()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        server.Faults.Add(
            Fault.Status(403, "Forbidden", "leases is forbidden"),
            r => r.Verb == "watch" && !r.Query.Contains("fieldSelector", StringComparison.Ordinal));
        var leaders = Electors(server);
        await LeadAsync(leaders);
        await server.Requests.UntilAsync(IsOpenWatch, Elections, Cancel);

        await UntilAsync(() => server.OpenWatches == Elections); // Counted a little later than it is answered.
        Assert.Equal(Elections, server.Requests.Count(IsOpenWatch));
        foreach (var leader in leaders)
            await leader.DisposeAsync();
    }

    private static bool IsOpenWatch(LeaseApiRequest request) => request is { Verb: "watch", StatusCode: 200 };

    private static List<LeaderElector> Electors(LeaseApiServer server)
    {
        var configuration = server.CreateConfiguration();
        return [.. Enumerable.Range(0, Elections).Select(
            i => LeaderElector.Create(configuration, new() { LeaseName = $"shared-{i}", LeaseDuration = TimeSpan.FromMinutes(5) }))];
    }

    private static void Run(LeaderElector elector) =>
        _ = elector.RunAsync(static (_, token) => new TaskCompletionSource().Task.WaitAsync(token), Cancel);

    private static async Task LeadAsync(IEnumerable<LeaderElector> electors)
    {
        foreach (var elector in electors)
        {
            Run(elector);
            await elector.WaitForLeadershipAsync(Cancel);
        }
    }

    private static async Task SeesAsync(LeaderElector elector, string leader)
    {
        await foreach (var change in elector.WatchAsync(Cancel))
        {
            if (change.LeaderIdentity == leader)
                return;
        }
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        while (!happened())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
