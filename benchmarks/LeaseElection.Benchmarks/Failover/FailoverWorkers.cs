using System.Globalization;
using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Statistics;

namespace LeaseElection.Benchmarks.Failover;

/// <summary>How a worker of each kind is started, all with the same durations.</summary>
/// <param name="Who">Whose elector it uses.</param>
/// <param name="StartAsync">Starts one of that name on a stage.</param>
internal sealed record FailoverWorkers(string Who, Func<Stage, string, Task<WorkerProcess>> StartAsync)
{
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(5);

    // A fifth of the lease, as by default.
    public static readonly TimeSpan RenewInterval = LeaseDuration / 5;

    private static readonly TimeSpan RenewDeadline = TimeSpan.FromSeconds(3);

    // 2/15 of the lease, as by default.
    private static readonly TimeSpan RetryPeriod = LeaseDuration * 2 / 15;

    public static FailoverWorkers Ours { get; } = new(Contestants.Ours, (stage, name) => WorkerProcess.StartAsync(
        name,
        new Dictionary<string, string>
        {
            ["KUBECONFIG"] = stage.Direct.KubeconfigPath,
            ["LeaderElection__LeaseName"] = Contestants.Ours,
            ["LeaderElection__Namespace"] = stage.Namespace,
            ["LeaderElection__LeaseDuration"] = LeaseDuration.ToString("c", CultureInfo.InvariantCulture),
            ["LeaderElection__RenewDeadline"] = RenewDeadline.ToString("c", CultureInfo.InvariantCulture),
        },
        "--json"));

    public static FailoverWorkers ClientGo { get; } = new(Contestants.ClientGo, (stage, name) => WorkerProcess.StartAsync(
        name,
        [
            ClientPrograms.Locate("client-go-candidate")!,
            $"-kubeconfig={stage.Direct.KubeconfigPath}",
            $"-namespace={stage.Namespace}",
            $"-name={Contestants.ClientGo}",
            $"-identity={name}",
            $"-lease-duration={Milliseconds(LeaseDuration)}",
            $"-renew-deadline={Milliseconds(RenewDeadline)}",
            $"-retry-period={Milliseconds(RetryPeriod)}",
            "-calm=false",
            "-work=20ms",
        ],
        new Dictionary<string, string>()));

    /// <summary>Gets the name of its Lease.</summary>
    public string Lease => Who;

    private static string Milliseconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalMilliseconds:0}ms");
}
