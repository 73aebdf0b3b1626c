using k8s;

#pragma warning disable CS1591, CA1065, CA1822 // Stubs: the server comes next.
namespace LeaseElection.Testing;

/// <summary>
/// An API server for Kubernetes Leases, inside this process and on loopback only: speaks <c>coordination.k8s.io/v1</c> as a real
/// kube-apiserver does, keeps everything in memory, and breaks on demand.
/// </summary>
public sealed class LeaseApiServer : IAsyncDisposable
{
    private LeaseApiServer(LeaseApiServerOptions options)
    {
        Requests = new(options.RequestLogLength);
        Faults = new(static () => { });
    }

    public Uri Address => throw new NotImplementedException();

    public string? CertificateAuthority => throw new NotImplementedException();

    public bool IsUp => throw new NotImplementedException();

    public long ResourceVersion => throw new NotImplementedException();

    public int OpenWatches => throw new NotImplementedException();

    public int OpenConnections => throw new NotImplementedException();

    public LeaseApiFaults Faults { get; }

    public LeaseApiRequestLog Requests { get; }

    public static Task<LeaseApiServer> StartAsync(LeaseApiServerOptions? options = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public Task TakeDownAsync() => throw new NotImplementedException();

    public Task BringUpAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public void ResetConnections() => throw new NotImplementedException();

    public int BlackHoleConnections() => throw new NotImplementedException();

    public void Compact() => throw new NotImplementedException();

    public LeaseApiSnapshot TakeSnapshot() => throw new NotImplementedException();

    public void Restore(LeaseApiSnapshot snapshot) => throw new NotImplementedException();

    public void CreateNamespace(string name) => throw new NotImplementedException();

    public LeaseApiUser AddUser(string name, params IEnumerable<string> verbs) => throw new NotImplementedException();

    public KubernetesClientConfiguration CreateConfiguration(LeaseApiUser? user = null, string @namespace = "default") => throw new NotImplementedException();

    public IKubernetes CreateClient(LeaseApiUser? user = null) => throw new NotImplementedException();

    public Task WriteKubeconfigAsync(string path, LeaseApiUser? user = null, string @namespace = "default", CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
