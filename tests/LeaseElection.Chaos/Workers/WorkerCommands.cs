using System.Globalization;
using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.Workers;

/// <summary>How a worker of each kind is started: the same lease, the same proportions, the same pace of work.</summary>
internal sealed class WorkerCommands(Peer peer, Timings timings, string @namespace)
{
    public const string LeaseName = "chaos";

    private const int PaceMilliseconds = 50;

    public Task<WorkerProcess> StartAsync(string name, string kubeconfig, Action<WorkerLine> heard) => peer switch
    {
        Peer.ClientGo => WorkerProcess.StartAsync(name, ClientGo(name, kubeconfig), NoEnvironment, heard),
        Peer.KubernetesClient => WorkerProcess.StartAsync(name, KubernetesClient(name, kubeconfig), NoEnvironment, heard),
        _ => WorkerProcess.StartAsync(name, Ours(kubeconfig), heard, "--json", Invariant($"--tick={PaceMilliseconds}")),
    };

    private static Dictionary<string, string> NoEnvironment { get; } = [];

    private Dictionary<string, string> Ours(string kubeconfig) => new()
    {
        ["KUBECONFIG"] = kubeconfig,
        ["LeaderElection__LeaseName"] = LeaseName,
        ["LeaderElection__Namespace"] = @namespace,
        ["LeaderElection__LeaseDuration"] = timings.Lease.ToString("c", CultureInfo.InvariantCulture),
    };

    // As the components of Kubernetes do: ReleaseOnCancel, and a request may take half of RenewDeadline.
    private string[] ClientGo(string name, string kubeconfig) =>
    [
        ClientPrograms.Locate("client-go-candidate")
            ?? throw new InvalidOperationException("No client-go-candidate here: run eng/control-plane.sh without KUBEBUILDER_ASSETS"),
        $"-kubeconfig={kubeconfig}",
        $"-namespace={@namespace}",
        $"-name={LeaseName}",
        $"-identity={name}",
        $"-lease-duration={Milliseconds(timings.Lease)}ms",
        $"-renew-deadline={Milliseconds(timings.RenewDeadline)}ms",
        $"-retry-period={Milliseconds(timings.RetryPeriod)}ms",
        $"-request-timeout={Milliseconds(timings.RenewDeadline / 2)}ms",
        "-release-on-cancel=true",
        "-calm=false",
        Invariant($"-work={PaceMilliseconds}ms"),
    ];

    private string[] KubernetesClient(string name, string kubeconfig) => TestProgram.Command(
        TestProgram.KubernetesClientWorker,
        kubeconfig,
        @namespace,
        LeaseName,
        name,
        Milliseconds(timings.Lease),
        Milliseconds(timings.RenewDeadline),
        Milliseconds(timings.RetryPeriod),
        Invariant($"{PaceMilliseconds}"));

    private static string Milliseconds(TimeSpan time) => Invariant($"{time.TotalMilliseconds:0}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
