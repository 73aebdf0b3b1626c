namespace LeaseElection.Chaos.Tests.Fencing;

/// <summary>What no lease can prevent, and what then helps (docs/safety.md, Limits, 3), with real processes.</summary>
[Collection(nameof(RunsProcesses))]
public sealed class LateWriteTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario(42)]
    public async Task Thaw_BetweenCheckAndWrite_TheStoreRefusesTheOneLateWrite()
    {
        await using var plane = await ControlPlane.StartOwnAsync(Cancel);
        Assert.SkipWhen(plane is null, "No kube-apiserver and etcd here: run eng/control-plane.sh, or set KUBEBUILDER_ASSETS");
        var @namespace = await plane.CreateNamespaceAsync(Cancel);
        var access = await plane.GrantAsync(@namespace, user: 1, ["get", "watch", "create", "update"], Cancel);
        Dictionary<string, string> environment = new()
        {
            ["KUBECONFIG"] = access.KubeconfigPath,
            ["LeaderElection__LeaseName"] = "fenced",
            ["LeaderElection__Namespace"] = @namespace,
            ["LeaderElection__LeaseDuration"] = "00:00:03",
        };
        var store = new FencedStore<WorkerLine>();

        await using var late = await WorkerProcess.StartAsync("late", TestProgram.Command(TestProgram.LateWorker), environment, Write);
        await late.FirstErrorAsync("checked 2", Patience, Cancel);
        late.Freeze();
        await using var successor = await WorkerProcess.StartAsync("successor", environment, Write, "--json");
        var work = await successor.FirstAsync("that it works", line => line.Event is WorkerEvent.Working, Patience, Cancel);
        var thaw = WorkerProcess.NowNs;
        late.Thaw();
        var write = await late.FirstAsync(
            "that it writes", line => line.Event is WorkerEvent.Working && line.MonotonicNs >= thaw, Patience, Cancel);
        await late.FirstAsync("that its work has stopped", line => line.Event is WorkerEvent.Ended, Patience, Cancel);
        foreach (var worker in new[] { late, successor })
        {
            worker.Send(ProcessSignal.Terminate);
            await worker.ExitAsync(Patience, Cancel);
        }

        Assert.True(write.FencingToken < work.FencingToken);
        Assert.Equal([write], store.Refused);
        Assert.True(store.Accepted >= 2); // The late one's first write, and the successor's.
        var oracle = WorkerOracle.Judge([late.History(), successor.History()]);
        oracle.AssertHolds();
        Assert.Equal([write], oracle.ToldApart);

        void Write(WorkerLine line)
        {
            if (line.Event is WorkerEvent.Working)
                store.Write(line, line.FencingToken);
        }
    }
}
