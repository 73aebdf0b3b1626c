using k8s;

namespace LeaseElection.RealServer.Tests.Servers;

[Collection(nameof(DisturbsServers))]
public sealed class ControlledServerTests(SharedControlPlane shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StopAsync_ApiServer_RefusesConnectionsUntilItIsStartedAgainOnTheSamePort()
    {
        var plane = await shared.GetOwnAsync();
        var lease = new SomeoneElse(plane.Client, await shared.CreateNamespaceAsync(), "a");
        var before = await lease.CreateHeldAsync("b", 15, Cancellation);

        await plane.ApiServer.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => lease.GetAsync(Cancellation));
        await plane.ApiServer.StartAsync(Cancellation);

        Assert.Equal(before.Metadata.ResourceVersion, (await lease.GetAsync(Cancellation)).Metadata.ResourceVersion);
    }

    [Fact]
    public async Task RestartAsync_Etcd_KeepsWhatWasWritten()
    {
        var plane = await shared.GetOwnAsync();
        var lease = new SomeoneElse(plane.Client, await shared.CreateNamespaceAsync(), "a");
        await lease.CreateHeldAsync("b", 15, Cancellation);

        await plane.Etcd.RestartAsync(Cancellation);
        await plane.ApiServer.RecoverAsync(Cancellation);

        Assert.Equal("b", (await lease.GetAsync(Cancellation)).Spec.HolderIdentity);
    }

    [Fact]
    public async Task Freeze_ApiServer_AnswersOnlyOnceThawed()
    {
        var plane = await shared.GetOwnAsync();
        var lease = new SomeoneElse(plane.Client, await shared.CreateNamespaceAsync(), "a");
        await lease.CreateHeldAsync("b", 15, Cancellation);

        plane.ApiServer.Freeze();
        var answer = lease.GetAsync(Cancellation);
        // A frozen server's kernel takes the request; only its threads could answer, and none runs. The wait bounds a proof of absence.
        var first = await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancellation));
        Assert.NotSame(answer, first);
        plane.ApiServer.Thaw();

        Assert.Equal("b", (await answer).Spec.HolderIdentity);
    }

    [Fact]
    public async Task GetOwnAsync_LeftStoppedAndFrozen_RecoversBoth()
    {
        var plane = await shared.GetOwnAsync();
        plane.Etcd.Freeze();
        await plane.ApiServer.StopAsync();

        plane = await shared.GetOwnAsync();

        Assert.True(plane.ApiServer.IsRunning);
        Assert.NotNull(await plane.Client.CoreV1.ListNamespaceAsync(cancellationToken: Cancellation));
    }
}
