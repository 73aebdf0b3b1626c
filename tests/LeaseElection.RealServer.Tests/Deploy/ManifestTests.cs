using k8s;
using LeaseElection.RealServer.Tests.Processes;

namespace LeaseElection.RealServer.Tests.Deploy;

/// <summary>The manifests of the examples on a real API server, and the example itself with exactly their Role.</summary>
[Collection(nameof(RunsProcesses))]
public sealed class ManifestTests(SharedControlPlane shared) : IAsyncDisposable
{
    private readonly List<WorkerProcess> _workers = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");

    public static TheoryData<string> Deployable => Examples.Deployable;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Deployable))]
    public async Task Manifests_AreAcceptedAndSayWhatARollingUpdateNeeds(string example)
    {
        var (plane, ns) = await ApplyAsync(example);
        var deployment = Assert.Single((await plane.Client.AppsV1.ListNamespacedDeploymentAsync(ns, cancellationToken: Cancel)).Items).Spec;
        var pod = deployment.Template.Spec;

        Assert.Equal(("RollingUpdate", "0"), (deployment.Strategy.Type, deployment.Strategy.RollingUpdate.MaxUnavailable.Value));
        Assert.True(deployment.Replicas > 1);
        Assert.True(pod.TerminationGracePeriodSeconds > 30, "SIGKILL would come before the host's ShutdownTimeout, 30 s, is over");
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        var environment = Assert.Single(pod.Containers).Env.Where(e => e.ValueFrom?.FieldRef is not null)
            .Select(e => (e.Name, e.ValueFrom.FieldRef.FieldPath));
        Assert.Equal([("POD_NAME", "metadata.name"), ("POD_NAMESPACE", "metadata.namespace")], environment);
        Assert.Single(
            (await plane.Client.CoreV1.ListNamespacedServiceAccountAsync(ns, cancellationToken: Cancel)).Items,
            a => a.Metadata.Name == pod.ServiceAccountName);
        var binding = Assert.Single(
            (await plane.Client.RbacAuthorizationV1.ListNamespacedRoleBindingAsync(ns, cancellationToken: Cancel)).Items);
        Assert.Equal(pod.ServiceAccountName, Assert.Single(binding.Subjects).Name);
        Assert.All(deployment.Selector.MatchLabels, label => Assert.Equal(label.Value, deployment.Template.Metadata.Labels[label.Key]));
    }

    [Fact]
    public async Task Worker_WithExactlyThisRole_LeadsAndHandsOverByWatchWithoutARefusal()
    {
        var (plane, ns) = await ApplyAsync("SingletonWorker");
        var access = await plane.ActAsAsync(ns, "singleton-worker", _folder.FullName, Cancel);
        var first = await StartAsync(access, ns);
        var work = await first.FirstAsync("that it works", line => line.Event is WorkerEvent.Working, WorkerGroup.Patience, Cancel);
        var second = await StartAsync(access, ns);
        await WorkerGroup.FollowsAsync(second, work.Identity);
        await WorkerGroup.WorksOnAsync(first, work);
        await WorkerGroup.StopAsync(first);
        await second.FirstAsync(
            "that it works", line => line.Event is WorkerEvent.Working && line.FencingToken > work.FencingToken, WorkerGroup.Patience,
            Cancel);
        await WorkerGroup.StopAsync(second);

        Assert.DoesNotContain("refuses", first.Errors + second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("does not work", first.Errors + second.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("create")]
    [InlineData("update")]
    [InlineData("watch")]
    public async Task Worker_OneVerbLess_SaysWhichAndTheRoleThatGrantsIt(string verb)
    {
        var (plane, ns) = await ApplyAsync("SingletonWorker");
        var role = Assert.Single((await plane.Client.RbacAuthorizationV1.ListNamespacedRoleAsync(ns, cancellationToken: Cancel)).Items);
        foreach (var rule in role.Rules.Where(r => r.Resources.Contains("leases")))
            rule.Verbs = [.. rule.Verbs.Where(v => v != verb).DefaultIfEmpty("deletecollection")];
        await plane.Client.RbacAuthorizationV1.ReplaceNamespacedRoleAsync(role, role.Metadata.Name, ns, cancellationToken: Cancel);
        var worker = await StartAsync(await plane.ActAsAsync(ns, "singleton-worker", _folder.FullName, Cancel), ns);
        await UntilAsync(() => worker.Errors.Contains(
            $"The API server refuses '{verb}' on Lease {ns}/singleton-worker (403)", StringComparison.Ordinal));
        await WorkerGroup.StopAsync(worker);

        Assert.Contains("""verbs: ["get", "watch", "create", "update"]""", worker.Errors, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(WorkerGroup.Patience);
        while (!happened())
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }

    // As a user does it, with kubectl: its kustomize builds, the server validates.
    private async Task<(ControlPlane Plane, string Namespace)> ApplyAsync(string example)
    {
        var plane = await shared.GetAsync();
        var ns = await plane.CreateNamespaceAsync(Cancel);
        var kubeconfig = Path.Combine(_folder.FullName, "kubeconfig");
        File.Copy(plane.Administrator.KubeconfigPath, kubeconfig, overwrite: true);
        var kubectl = new Kubectl(kubeconfig);
        var built = await kubectl.RunAsync(["kustomize", Examples.FileOf("examples", example, "deploy")]);
        Assert.True(built.ExitCode == 0, built.Errors);
        // The servers of these tests are older than policy/v1, which has the same fields here.
        var manifests = (await plane.Client.Version.GetCodeAsync(Cancel)).Minor.StartsWith("20", StringComparison.Ordinal)
            ? built.Output.Replace("apiVersion: policy/v1\n", "apiVersion: policy/v1beta1\n", StringComparison.Ordinal)
            : built.Output;
        var applied = await kubectl.RunAsync(["apply", "-n", ns, "-f", "-"], manifests);
        Assert.True(applied.ExitCode == 0, applied.Errors);
        return (plane, ns);
    }

    private async Task<WorkerProcess> StartAsync(ClusterAccess access, string ns)
    {
        var environment = new Dictionary<string, string>
        {
            ["KUBECONFIG"] = access.KubeconfigPath,
            ["POD_NAMESPACE"] = ns,
            ["LeaderElection__Namespace"] = ns,
        };
        var worker = await WorkerProcess.StartAsync($"worker-{_workers.Count + 1}", environment, "--json");
        _workers.Add(worker);
        return worker;
    }
}
