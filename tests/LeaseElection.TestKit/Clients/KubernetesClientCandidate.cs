using System.Security.Cryptography;
using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;

namespace LeaseElection.TestKit;

/// <summary>
/// KubernetesClient's own elector with a LeaseLock, in this process. It never releases: stopped or not, its Lease expires.
/// </summary>
public sealed class KubernetesClientCandidate : IForeignCandidate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly Kubernetes _client;
    private readonly k8s.LeaderElection.LeaderElector _elector;
    private readonly Heard<CandidateEvent> _events;
    private readonly Task _run;

    private KubernetesClientCandidate(
        KubernetesClientConfiguration configuration, string @namespace, string lease, CandidateTimings timings)
    {
        Identity = "kubernetes-client_" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        _events = new(Identity);
        _client = new(configuration);
        _elector = new(new LeaderElectionConfig(new LeaseLock(_client, @namespace, lease, Identity))
        {
            LeaseDuration = timings.LeaseDuration,
            RenewDeadline = timings.RenewDeadline,
            RetryPeriod = timings.RetryPeriod,
        });
        _elector.OnStartedLeading += () => Say("leading");
        _elector.OnStoppedLeading += () => Say("stopped");
        _elector.OnNewLeader += leader => Say("leader", leader);
        _elector.OnError += error => Say($"error: {error.Message}");
        _run = Task.Run(() => _elector.RunUntilLeadershipLostAsync(_stop.Token));
    }

    public string Identity { get; }

    public IReadOnlyList<CandidateEvent> Events => _events.All;

    /// <summary>Starts one that campaigns at once.</summary>
    public static KubernetesClientCandidate Start(
        KubernetesClientConfiguration configuration, string @namespace, string lease, CandidateTimings timings) =>
        new(configuration, @namespace, lease, timings);

    public Task UntilLeadingAsync(CancellationToken cancellationToken) =>
        _events.FirstAsync("that it leads", e => e.Event == "leading", Patience, cancellationToken);

    public Task UntilSeesAsync(string leader, CancellationToken cancellationToken) =>
        _events.FirstAsync($"that {leader} leads", e => e.Event == "leader" && e.Leader == leader, Patience, cancellationToken);

    public async Task VanishAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await VanishAsync();
        _elector.Dispose();
        _client.Dispose();
        _stop.Dispose();
    }

    private void Say(string what, string? leader = null) => _events.Add(new(what, leader, WorkerProcess.NowNs));
}
