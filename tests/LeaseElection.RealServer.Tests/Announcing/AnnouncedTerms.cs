using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using LeaseElection.RealServer.Tests.Processes;

namespace LeaseElection.RealServer.Tests.Announcing;

/// <summary>
/// What a real cluster shows of terms besides the Lease: Events, and the label of the leader's pod. With real processes, as two pods.
/// </summary>
[Collection(nameof(RunsProcesses))]
public sealed partial class AnnouncedTerms(SharedControlPlane shared) : IAsyncDisposable
{
    private const string Lease = "announced";

    private readonly List<WorkerProcess> _workers = [];
#pragma warning disable CA2213 // The assembly's, which all tests share.
    private ControlPlane _plane = null!;
#pragma warning restore CA2213
    private ClusterAccess _access = null!;
    private string _namespace = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leader_StopsAndCrashes_LabelAndEventsFollow()
    {
        await OpenAsync(mayAnnounce: true);
        var a = await StartAsync("pod-a");
        await UntilLabelledAsync("pod-a");
        var b = await StartAsync("pod-b");
        await WorkerGroup.FollowsAsync(b);
        await WorkerGroup.StopAsync(a);
        await UntilLabelledAsync("pod-b");

        await UntilAsync(async () => (await EventsAsync()).Count == 3); // An Event comes a moment later than what it tells.

        // A crashed leader leaves its label behind; the next one takes it off.
        b.Send(ProcessSignal.Kill);
        await b.Exited;
        Assert.Equal(["pod-b"], await LabelledAsync());
        await StartAsync("pod-c");
        await UntilLabelledAsync("pod-c");

        await UntilAsync(async () => (await EventsAsync()).Count == 4);
        Assert.Equal(
            ["pod-a became leader", "pod-a stopped leading: Stopped", "pod-b became leader", "pod-c became leader"], await EventsAsync());
        var described = await new Kubectl(_plane.Administrator.KubeconfigPath).RunAsync(["describe", "lease", Lease, "-n", _namespace]);
        Assert.Contains("became leader, fencing token", described.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_AllowsNeither_TheElectionWorksAndEachIsToldOnce()
    {
        await OpenAsync(mayAnnounce: false);
        var a = await StartAsync("pod-a");
        await WorkerGroup.WorksOnAsync(
            a, await a.FirstAsync("that it works", line => line.Event is WorkerEvent.Working, WorkerGroup.Patience, Cancel));
        await UntilAsync(() => Task.FromResult(a.Errors.Contains("allow 'create' of 'events'", StringComparison.Ordinal)));
        await WorkerGroup.StopAsync(a);

        Assert.Single(a.Errors.Split('\n'), line => line.Contains("allow get, list and patch of pods", StringComparison.Ordinal));
        Assert.Empty(await LabelledAsync());
        Assert.Empty(await EventsAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
    }

    private async Task OpenAsync(bool mayAnnounce)
    {
        _plane = await shared.GetAsync();
        _namespace = await _plane.CreateNamespaceAsync(Cancel);
        _access = await _plane.GrantAsync(_namespace, user: 4, ["get", "watch", "create", "update"], Cancel);
        if (mayAnnounce)
            await AllowAsync();
    }

    private async Task AllowAsync()
    {
        var role = new V1Role
        {
            Metadata = new() { Name = "announcing" },
            Rules =
            [
                new() { ApiGroups = [""], Resources = ["events"], Verbs = ["create"] },
                new() { ApiGroups = [""], Resources = ["pods"], Verbs = ["get", "list", "patch"] },
            ],
        };
        await _plane.Client.RbacAuthorizationV1.CreateNamespacedRoleAsync(role, _namespace, cancellationToken: Cancel);
        await _plane.Client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new()
            {
                Metadata = new() { Name = "announcing" },
                RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = "announcing" },
                Subjects = [new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Group", Name = "system:authenticated" }],
            },
            _namespace, cancellationToken: Cancel);
    }

    private async Task<WorkerProcess> StartAsync(string pod)
    {
        await _plane.Client.CoreV1.CreateNamespacedPodAsync(
            new() { Metadata = new() { Name = pod }, Spec = new() { Containers = [new() { Name = "worker", Image = "worker" }] } },
            _namespace, cancellationToken: Cancel);
        var environment = new Dictionary<string, string>
        {
            ["KUBECONFIG"] = _access.KubeconfigPath,
            ["POD_NAME"] = pod,
            ["POD_NAMESPACE"] = _namespace,
            ["LeaderElection__Namespace"] = _namespace,
            ["LeaderElection__LeaseName"] = Lease,
            ["LeaderElection__LeaseDuration"] = "00:00:03",
            ["LeaderElection__LabelLeaderPod"] = "true",
            ["LeaderElection__PublishEvents"] = "true",
        };
        var worker = await WorkerProcess.StartAsync(pod, environment, "--json");
        _workers.Add(worker);
        return worker;
    }

    private Task UntilLabelledAsync(string pod) => UntilAsync(async () => (await LabelledAsync()) is [var only] && only == pod);

    private async Task<List<string>> LabelledAsync() =>
        [.. (await _plane.Client.CoreV1.ListNamespacedPodAsync(
            _namespace, labelSelector: $"leaseelection/role=leader,leaseelection/lease={Lease}", cancellationToken: Cancel))
            .Items.Select(pod => pod.Name())];

    // Without the identities' random digits, the tokens, and in the order in which they happened.
    private async Task<List<string>> EventsAsync() =>
        [.. (await _plane.Client.CoreV1.ListNamespacedEventAsync(
            _namespace, fieldSelector: $"involvedObject.kind=Lease,involvedObject.name={Lease}", cancellationToken: Cancel))
            .Items.OrderBy(e => long.Parse(e.ResourceVersion(), null))
            .Select(e => Whom().Replace(Token().Replace(e.Message, ""), "$1"))];

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(WorkerGroup.Patience);
        while (!await happened())
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }

    [GeneratedRegex(", fencing token [0-9]+$")]
    private static partial Regex Token();

    [GeneratedRegex("^(pod-[a-z])_[0-9a-f]{16}")]
    private static partial Regex Whom();
}
