using k8s;
using k8s.Models;

namespace LeaseElection.Testing.Tests.Servers;

public sealed class LeaseApiServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_OverTlsOrPlain_WritesReadsAndWatches(bool tls)
    {
        await using var server = await LeaseApiServer.StartAsync(new() { UseTls = tls }, Cancel);
        using var client = server.CreateClient();
        var lease = new SomeoneElse(client, "default", "a");
        var made = await lease.CreateHeldAsync("b", 15, Cancel);
        var watch = client.CoordinationV1.WatchListNamespacedLeaseAsync(
            "default", resourceVersion: made.ResourceVersion(), cancellationToken: Cancel);
        await using var events = watch.GetAsyncEnumerator(Cancel);
        var stolen = await lease.StealAsync("c", 15, Cancel);
        Assert.True(await events.MoveNextAsync());
        await lease.DeleteAsync(Cancel);
        Assert.True(await events.MoveNextAsync());

        Assert.Equal(WatchEventType.Deleted, events.Current.Item1);
        Assert.Equal("c", stolen.Spec.HolderIdentity);
        Assert.True(long.Parse(stolen.ResourceVersion(), null) > long.Parse(made.ResourceVersion(), null));
    }

    [Fact]
    public async Task Elector_TwoReplicas_HandOverByRelease()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        var first = LeaderElector.Create(server.CreateConfiguration(), new() { LeaseName = "a" });
        await using var second = LeaderElector.Create(server.CreateConfiguration(), new() { LeaseName = "a" });
        var leading = first.RunAsync(static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), Cancel);
        var term = await first.WaitForLeadershipAsync(Cancel);
        var following = second.RunAsync(static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), Cancel);
        await server.Requests.UntilAsync(r => r.Verb == "watch", 2, Cancel);
        await first.DisposeAsync();
        var next = await second.WaitForLeadershipAsync(Cancel);

        Assert.True(next.FencingToken > term.FencingToken);
        Assert.False(following.IsCompleted);
        await leading;
    }

    [Fact]
    public async Task Start_BookmarkIntervalOutOfRange_IsRefusedAndTakesNoPort()
    {
        await using var before = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        var port = before.Address.Port;
        await before.DisposeAsync();
        foreach (var interval in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromDays(50), TimeSpan.MaxValue])
        {
            var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                () => LeaseApiServer.StartAsync(new() { Port = port, BookmarkInterval = interval }, Cancel));
            Assert.Equal(interval, error.ActualValue);
            Assert.StartsWith(nameof(LeaseApiServerOptions.BookmarkInterval), error.Message, StringComparison.Ordinal);
        }

        await using var server = await LeaseApiServer.StartAsync(new() { Port = port, BookmarkInterval = TimeSpan.FromDays(49) }, Cancel);
        Assert.True(server.IsUp);
    }

    [Fact]
    public async Task Namespaces_ListedByTheLabelThatEachHas_AreThose()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        server.CreateNamespace("blue");
        using var client = server.CreateClient();

        var found = await client.CoreV1.ListNamespaceAsync(labelSelector: "kubernetes.io/metadata.name=blue", cancellationToken: Cancel);

        Assert.Equal("blue", Assert.Single(found.Items).Metadata.Name);
    }

    [Fact]
    public async Task CreateNamespace_Disposed_IsRefused()
    {
        var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        await server.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => server.CreateNamespace("other"));
    }
}
