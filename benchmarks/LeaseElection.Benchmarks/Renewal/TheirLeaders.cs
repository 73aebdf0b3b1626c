using System.Reflection;
using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;

namespace LeaseElection.Benchmarks.Renewal;

/// <summary>
/// KubernetesClient's electors. What they do at each RetryPeriod is a private method: called by its name, without the pause.
/// </summary>
internal sealed class TheirLeaders : IDisposable
{
    private readonly Kubernetes _client;
    private readonly List<Func<CancellationToken, Task<bool>>> _electors = [];

    public TheirLeaders(int count)
    {
        _client = new(new KubernetesClientConfiguration { Host = "http://localhost" }, new Diverted(Leases));
        var method =
            typeof(k8s.LeaderElection.LeaderElector).GetMethod("TryAcquireOrRenew", BindingFlags.Instance | BindingFlags.NonPublic)!;
        for (var i = 0; i < count; i++)
        {
            var elector = new k8s.LeaderElection.LeaderElector(
                new LeaderElectionConfig(new LeaseLock(_client, "default", $"bench-{i}", "pod-1")));
            _electors.Add(method.CreateDelegate<Func<CancellationToken, Task<bool>>>(elector));
        }
    }

    public InMemoryLeases Leases { get; } = new();

    public async Task RenewAsync()
    {
        if (!(await Task.WhenAll(_electors.Select(static renew => renew(CancellationToken.None)))).All(static done => done))
            throw new InvalidOperationException("a renewal failed");
    }

    public void Dispose() => _client.Dispose();

    // The client puts handlers of its own behind the ones it is given: this one passes nothing on to them.
    private sealed class Diverted(HttpMessageHandler leases) : DelegatingHandler
    {
        private readonly HttpMessageInvoker _leases = new(leases);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _leases.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _leases.Dispose();
            base.Dispose(disposing);
        }
    }
}
