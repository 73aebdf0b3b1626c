using k8s;

namespace LeaseElection.Testing.Tests.Docs;

/// <summary>The samples of docs/testing.md that are not in examples/TestingYourWorker, each of them run.</summary>
public sealed class ServerSamples
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Elector_WithoutAHost()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        var options = new LeaderElectionOptions { LeaseName = "report-worker" };
        await using var elector = LeaderElector.Create(server.CreateConfiguration(), options);

        await elector.RunAsync((term, _) => Task.FromResult(term.FencingToken), Cancel); // Leads, works, resigns.
    }

    [Fact]
    public async Task Permission_IsMissingThenGranted()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        var user = server.AddUser("report-worker", "get", "watch");
        await using var elector = LeaderElector.Create(
            server.CreateConfiguration(user), new() { LeaseName = "report-worker", RetryPeriod = TimeSpan.FromMilliseconds(10) });
        var run = elector.RunAsync((_, _) => Task.CompletedTask, Cancel);
        await server.Requests.UntilAsync(request => request is { Verb: "create", StatusCode: 403 }, cancellationToken: Cancel);

        user.Verbs = ["get", "watch", "create", "update"]; // Somebody applies the Role; it leads without a restart.
        await run;
    }

    [Fact]
    public async Task Reply_IsHeldUntilTheTestLetsItGo()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        await using var elector = LeaderElector.Create(server.CreateConfiguration(), new() { LeaseName = "report-worker" });

        var held = server.Faults.Add(Fault.HoldAfter(), request => request.Verb == "create", times: 1);
        var run = elector.RunAsync((_, _) => Task.CompletedTask, Cancel);
        await held.UntilHitAsync(cancellationToken: Cancel); // The Lease is created, and the elector does not know.
        Assert.False(elector.IsLeader);
        held.Dispose(); // Ends the fault, and lets go what it holds.
        await run;
    }

    [Fact]
    public async Task Trouble_AtRandom_TheSameForTheSameSeed()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        await using var elector = LeaderElector.Create(
            server.CreateConfiguration(), new() { LeaseName = "report-worker", RetryPeriod = TimeSpan.FromMilliseconds(10) });

        Fault[] trouble = [Fault.Reset(), Fault.LoseReply(), Fault.Status(503), Fault.Truncate()];
        using var faults = server.Faults.AddSeeded(seed: 42, probability: 0.3, trouble);
        await elector.RunAsync((_, _) => Task.CompletedTask, Cancel); // Takes longer, and comes through.
    }

    [Fact]
    public async Task Etcd_IsRestoredFromABackup()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        using var client = server.CreateClient();
        var backup = server.TakeSnapshot();
        await client.CoordinationV1.CreateNamespacedLeaseAsync(
            new() { Metadata = new() { Name = "report-worker" } }, "default", cancellationToken: Cancel);

        server.Restore(backup); // Leases and resourceVersion go back; all watches end.
        Assert.Empty((await client.CoordinationV1.ListNamespacedLeaseAsync("default", cancellationToken: Cancel)).Items);
    }

    [Fact]
    public async Task Kubeconfig_ForOtherPrograms()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        await server.WriteKubeconfigAsync(path, cancellationToken: Cancel); // kubectl --kubeconfig <path> get leases

        using var client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(path));
        Assert.Empty((await client.CoordinationV1.ListNamespacedLeaseAsync("default", cancellationToken: Cancel)).Items);
        File.Delete(path);
    }
}
